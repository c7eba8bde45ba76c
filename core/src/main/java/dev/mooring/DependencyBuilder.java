package dev.mooring;

import dev.mooring.breaker.BreakerSettings;
import dev.mooring.breaker.Bulkhead;
import dev.mooring.diagnosis.Examination;
import dev.mooring.failure.FailureClassifier;
import dev.mooring.probe.Probe;
import dev.mooring.probe.ProbeTiming;
import dev.mooring.probe.Recovery;
import dev.mooring.probe.StartTask;
import dev.mooring.retry.RetryBudget;
import dev.mooring.supervision.Supervised;
import dev.mooring.supervision.Watch;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Describes a dependency. Everything but the name has a default. Not thread-safe. */
public final class DependencyBuilder {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    private final String name;
    private final List<StartTask> startTasks = new ArrayList<>();
    private boolean critical = true;
    private boolean enabled = true;
    private FailureClassifier classifier = FailureClassifier.jdk();
    private @Nullable Probe probe;
    private ProbeTiming timing = new ProbeTiming();
    private BreakerSettings breaker = new BreakerSettings();
    private Bulkhead.Limits bulkhead = new Bulkhead.Limits(32, 32, Duration.ofSeconds(2));
    private double retryShare = RetryBudget.DEFAULT_SHARE;
    private Recovery recovery = Recovery.none();
    private Time time = Time.system();
    private @Nullable Supplier<Examination> examination;

    DependencyBuilder(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a dependency's name must be 1 to 40 characters of a-z 0-9 - and begin with a letter, but is "
                            + name);
        }
        this.name = name;
    }

    /** The dependency's name. */
    public String name() {
        return name;
    }

    /** Makes the dependency optional: the service stays ready while it is down. Default is critical. */
    public DependencyBuilder optional() {
        critical = false;
        return this;
    }

    /**
     * Switches the dependency on or off; default on. A dependency that is off is never probed, refuses every call, obeys no
     * operator, and its status is {@code disabled}.
     */
    public DependencyBuilder enabled(boolean on) {
        enabled = on;
        return this;
    }

    /** Sets how the supervisor probes the dependency. Default is no probe: then outcomes of calls decide. */
    public DependencyBuilder probe(Probe how) {
        probe = how;
        return this;
    }

    /** Sets when the supervisor probes. */
    public DependencyBuilder timing(ProbeTiming when) {
        timing = when;
        return this;
    }

    /** Changes when the supervisor probes, starting from what this builder holds. */
    public DependencyBuilder timing(UnaryOperator<ProbeTiming> change) {
        timing = change.apply(timing);
        return this;
    }

    /** Sets what reads the kinds of its failures; default {@link FailureClassifier#jdk()}. */
    public DependencyBuilder failures(FailureClassifier how) {
        classifier = how;
        return this;
    }

    /** Changes the settings of the breaker: {@code breaker(b -> b.failures(3))}. */
    public DependencyBuilder breaker(UnaryOperator<BreakerSettings> change) {
        breaker = change.apply(breaker);
        return this;
    }

    /** Applies several changes together, for example those of the settings: {@code with(DependencySettings.from(settings))}. */
    public DependencyBuilder with(UnaryOperator<DependencyBuilder> changes) {
        return changes.apply(this);
    }

    /** Limits concurrent calls; default 32 that run and 32 that wait, each for at most 2 s. */
    public DependencyBuilder bulkhead(Bulkhead.Limits limits) {
        bulkhead = limits;
        return this;
    }

    /** Sets the share of the calls that all callers together may retry; 0 to 1, default 0.1. */
    public DependencyBuilder retryBudget(double share) {
        retryShare = share;
        return this;
    }

    /** Sets what happens to pooled connections around an outage; default nothing. */
    public DependencyBuilder recovery(Recovery how) {
        recovery = how;
        return this;
    }

    /**
     * Adds work that the supervisor does once before it lets the first calls in. Tasks run in the order in which they are added,
     * when a probe first succeeded, so a dependency with a start task needs a probe. They run again when a probe finds their work gone.
     */
    public DependencyBuilder startTask(String taskName, StartTask.Work work) {
        startTasks.add(new StartTask(taskName, work));
        return this;
    }

    /**
     * Sets how to examine the dependency layer by layer, for {@link Dependency#diagnose} and for the log of an outage. Default is not at all.
     *
     * @param how makes a new examination for each diagnosis; touches no network
     */
    public DependencyBuilder examination(Supplier<Examination> how) {
        examination = how;
        return this;
    }

    /** Sets other clocks than the machine's, for tests. */
    public DependencyBuilder time(Time clocks) {
        time = clocks;
        return this;
    }

    /**
     * Builds the dependency.
     *
     * @throws IllegalStateException it has a start task and no probe
     */
    public Dependency build() {
        if (probe == null && !startTasks.isEmpty()) {
            throw new IllegalStateException(name + " has a start task and no probe: a start task runs when the"
                    + " dependency first answers a probe; add one with probe(…)");
        }
        Supervised spec = new Supervised(
                name,
                critical,
                enabled,
                FailureClassifier.fenced(classifier),
                Optional.ofNullable(probe),
                timing,
                breaker,
                bulkhead.concurrent(),
                bulkhead.patience(),
                recovery,
                startTasks);
        return new Dependency(
                new Watch(spec, time),
                new Bulkhead(name, bulkhead),
                new RetryBudget(retryShare),
                time,
                Optional.ofNullable(examination));
    }
}

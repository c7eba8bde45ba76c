package dev.mooring;

import dev.mooring.breaker.Breaker;
import dev.mooring.breaker.Bulkhead;
import dev.mooring.breaker.DependencyUnavailableException;
import dev.mooring.breaker.MooringException;
import dev.mooring.breaker.OperatorControl;
import dev.mooring.breaker.Permit;
import dev.mooring.diagnosis.Diagnosis;
import dev.mooring.diagnosis.Examination;
import dev.mooring.event.MooringEvent;
import dev.mooring.failure.FailureClassifier;
import dev.mooring.failure.FailureKind;
import dev.mooring.health.Status;
import dev.mooring.probe.Finding;
import dev.mooring.retry.RetryBudget;
import dev.mooring.supervision.Watch;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A named backend that this process talks to. Describe it with {@link #named}, hand it to {@link Mooring#supervise}, and guard
 * calls with {@link #call}. One dependency belongs to one {@link Mooring} at a time. Thread-safe.
 *
 * <pre>{@code
 * Dependency ranking = Dependency.named("ranking").optional().breaker(b -> b.failures(5)).build();
 * List<Item> items = ranking.call(() -> client.rank(user)).orElse(List::of);
 * }</pre>
 */
public final class Dependency {
    private final Watch watch;
    private final Bulkhead bulkhead;
    private final RetryBudget retries;
    private final CallTimer timer;
    private final Guard guard;
    private final Time time;
    private final Optional<Diagnoses> diagnoses;

    Dependency(
            Watch watch,
            Bulkhead bulkhead,
            RetryBudget retries,
            Time time,
            Optional<Supplier<Examination>> examination) {
        this.watch = watch;
        this.bulkhead = bulkhead;
        this.retries = retries;
        this.timer = new CallTimer(time);
        this.time = time;
        this.guard = new Guard(this, bulkhead, timer);
        this.diagnoses = examination.map(how -> new Diagnoses(watch, how));
    }

    /**
     * Begins to describe a dependency.
     *
     * @param name 1 to 40 characters of {@code a-z 0-9 -}, beginning with a letter; it names settings, metrics and log fields
     */
    public static DependencyBuilder named(String name) {
        return new DependencyBuilder(name);
    }

    /** Returns its name. */
    public String name() {
        return watch.spec().name();
    }

    /** Whether the service is not ready while the dependency is down. */
    public boolean critical() {
        return watch.spec().critical();
    }

    /** Whether the dependency is switched on. */
    public boolean enabled() {
        return watch.spec().enabled();
    }

    /** Describes a guarded call to the dependency; {@link GuardedCall#get} or {@link GuardedCall#orElse} makes the call. */
    public <T> GuardedCall<T> call(Callable<T> work) {
        return GuardedCall.of(this, work);
    }

    /**
     * Makes a guarded call whose answer comes later. Starts {@code work} immediately on the calling thread, without waiting, unless
     * Mooring refuses the call. Cancelling the result cancels the work's future; by default that is no failure of the dependency.
     *
     * @return completes as the stage of {@code work} does, or with a {@link MooringException} when Mooring refuses the call
     */
    public <T> CompletableFuture<T> callAsync(Callable<? extends CompletionStage<T>> work) {
        return new GuardedStage(this).begin(work);
    }

    /**
     * Takes a ticket for one call, for code that cannot pass its work as a lambda to {@link #call}. Waits for a place in the bulkhead
     * and, while the dependency recovers, for the turn of this call, as {@link #call} does.
     *
     * @throws MooringException Mooring refuses the call, because the dependency is unavailable or saturated
     */
    public Ticket begin() {
        return guard.take();
    }

    /**
     * Waits until the first evidence since supervision began: the breaker admits calls, or a probe failed. Afterwards, and for a dependency
     * without a probe, it returns at once.
     *
     * @return false when {@code limit} passed first
     */
    public boolean awaitContact(Duration limit) throws InterruptedException {
        return watch.awaitContact(limit);
    }

    /**
     * Whether the supervisor suspects the dependency at present: the last probe failed, or one has waited for more than a second; without a
     * probe, the last call failed. Reads memory.
     */
    public boolean isSuspected() {
        return watch.isSuspected();
    }

    /**
     * Takes only the breaker's permit for one call; the call takes no place in the bulkhead. Report the outcome on the permit. {@link
     * #begin()} takes both.
     *
     * @throws DependencyUnavailableException the breaker refuses the call
     */
    public Permit acquire() {
        return watch.breaker().acquire();
    }

    /** Returns its circuit breaker. */
    public Breaker breaker() {
        return watch.breaker();
    }

    /** Returns the timer that measures its calls. */
    public CallTimer timer() {
        return timer;
    }

    /** How long the dependency has had each status since supervision began, the present status included; empty before supervision. */
    public Map<Status, Duration> timeInStatuses() {
        return watch.timeInStatuses();
    }

    /** Returns the control through which an operator forces its breaker. */
    public OperatorControl operator() {
        return watch.operator();
    }

    /** Returns the classifier that assigns a kind to each failure. */
    public FailureClassifier classifier() {
        return watch.spec().classifier();
    }

    /**
     * Records a finding of a call: the dependency works, but something is wrong. Its status is {@code degraded} until {@link #clear}
     * removes the finding.
     *
     * @param holds the duration after which the finding ends without {@link #clear}
     */
    public void note(Finding finding, Duration holds) {
        watch.note(finding, holds);
    }

    /** Removes the finding of that kind, because a call proved the opposite. Cheap when there is no such finding. */
    public void clear(FailureKind kind) {
        watch.clear(kind);
    }

    /**
     * Examines the dependency layer by layer, from the name of its host on, on connections of its own; takes part in an examination that runs
     * already. It takes one of the three places of the probes. What it finds moves neither status nor breaker.
     *
     * @param limit the longest time for all layers together
     * @return empty where nothing says how to examine it, and where it is switched off
     * @throws TimeoutException an examination that began before did not end in time
     */
    public Optional<Diagnosis> diagnose(Duration limit) throws InterruptedException, TimeoutException {
        return enabled() && diagnoses.isPresent() ? Optional.of(diagnoses.get().run(limit)) : Optional.empty();
    }

    void endDiagnosis() {
        diagnoses.ifPresent(Diagnoses::end);
    }

    /** Makes the supervisor probe now instead of at the next interval. */
    public void probeSoon() {
        watch.probeSoon();
    }

    /** Hands {@code event} to the listeners of its {@link Mooring}. Before supervision and after it the event is lost. */
    public void publish(MooringEvent event) {
        watch.publish(event);
    }

    Guard guard() {
        return guard;
    }

    Watch watch() {
        return watch;
    }

    /** Returns the bulkhead that limits its concurrent calls. */
    public Bulkhead bulkhead() {
        return bulkhead;
    }

    /** Returns the retry budget that all callers share. */
    public RetryBudget retries() {
        return retries;
    }

    Time time() {
        return time;
    }

    @Override
    public String toString() {
        return name();
    }
}

package dev.mooring.supervision;

import dev.mooring.breaker.Breaker;
import dev.mooring.breaker.BreakerControl;
import dev.mooring.breaker.BreakerMove;
import dev.mooring.breaker.BreakerOwner;
import dev.mooring.breaker.BreakerState;
import dev.mooring.breaker.BreakerView;
import dev.mooring.breaker.OperatorControl;
import dev.mooring.event.MooringEvent;
import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import dev.mooring.health.DependencyHealth;
import dev.mooring.health.Status;
import dev.mooring.probe.Finding;
import dev.mooring.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One supervised dependency. Callers take permits and leave notes on any thread; the supervisor's thread does all else. */
public final class Watch {
    private final Supervised spec;
    private final Time time;
    private final BreakerControl control;
    private final Notes notes = new Notes();
    private final DiagnosisPlace diagnosisPlace = new DiagnosisPlace();
    /** Failed calls set it, the supervisor takes it: a burst of failures leads to one probe. */
    private final AtomicBoolean suspected = new AtomicBoolean();

    /** Set when supervision begins, unset when it ends; callers read it in the middle of a call. */
    private final AtomicReference<@Nullable Attached> attached = new AtomicReference<>();

    /** Whether the supervisor suspects the dependency at present; the supervisor writes it, callers read it. */
    private volatile boolean underSuspicion;

    /** The last failure of a call; callers write it, the supervisor reads it. Without a probe there is no other. */
    private volatile @Nullable Failure lastCallFailure;

    private record Attached(
            Evidence evidence,
            Optional<Prober> prober,
            Calls calls,
            StatusLine line,
            Consumer<MooringEvent> events,
            Runnable wake,
            CountDownLatch contact) {}

    /** A dependency whose supervision has not begun: a call to it throws. */
    public Watch(Supervised spec, Time time) {
        this.spec = spec;
        this.time = time;
        boolean probed = spec.probe().isPresent();
        this.control = BreakerControl.of(
                spec.name(), spec.breaker(), probed, spec.capacity(), spec.patience(), time, new Owner());
    }

    /** The description of the dependency. */
    public Supervised spec() {
        return spec;
    }

    /** The breaker that callers use. */
    public Breaker breaker() {
        return control.breaker();
    }

    /** Returns the control through which an operator forces the breaker. */
    public OperatorControl operator() {
        return control.operator();
    }

    /**
     * Records a finding of a call: the dependency works, but something is wrong. The status is {@code degraded} until {@link #clear}
     * removes the finding, or until the duration {@code holds} has passed. Health tells the first finding of its kind at once; more of them
     * wake nothing.
     */
    public void note(Finding finding, Duration holds) {
        if (notes.put(finding, holds, time.nanos())) {
            wake();
        }
    }

    /** Removes the finding of that kind, because a call proved the opposite. Cheap when there is no such finding. */
    public void clear(FailureKind kind) {
        if (notes.clear(kind)) {
            wake();
        }
    }

    /** Returns the place among the probes that a diagnosis borrows. */
    public DiagnosisPlace diagnosisPlace() {
        return diagnosisPlace;
    }

    /** Makes the supervisor probe now, for example because a secret changed. */
    public void probeSoon() {
        suspected.set(true);
        wake();
    }

    /** Makes the supervisor take its next step now. */
    private void wake() {
        Attached present = attached.get();
        if (present != null) {
            present.wake().run();
        }
    }

    /** Hands {@code event} to the listeners of the supervisor, if there is one. */
    public void publish(MooringEvent event) {
        Attached present = attached.get();
        if (present != null) {
            present.events().accept(event);
        }
    }

    void attach(Pauses pauses, ProbeRunner runner, Runnable wake, Consumer<MooringEvent> events) {
        Evidence evidence = new Evidence(time.nanos());
        Optional<Prober> prober = spec.probe()
                .filter(probe -> spec.enabled())
                .map(probe ->
                        new Prober(spec, probe, control, evidence, pauses, runner, time, wake, events, diagnosisPlace));
        StatusLine line = new StatusLine(
                spec.name(),
                spec.enabled() ? Status.UNKNOWN : Status.DISABLED,
                () -> control.breaker().counts().refused(),
                () -> control.breaker().counts().failures(),
                time);
        Calls calls = new Calls(control.breaker(), evidence);
        CountDownLatch contact = new CountDownLatch(1);
        if (!attached.compareAndSet(null, new Attached(evidence, prober, calls, line, events, wake, contact))) {
            throw new IllegalStateException(spec.name()
                    + " is supervised already: pass each dependency to one Mooring only, or close the other one first");
        }
        if (spec.enabled()) {
            control.attach();
        } else {
            control.attachSwitchedOff();
        }
        noteContact();
    }

    void detach() {
        Attached present = attached.get();
        if (present != null) {
            present.prober().ifPresent(Prober::stop);
            control.detach();
            attached.set(null);
            present.contact().countDown();
        }
    }

    /** Does what is due. Returns the nanoseconds until the next step is due. */
    long step(long now) {
        Attached present = attached.get();
        if (present == null || !spec.enabled()) {
            return Long.MAX_VALUE;
        }
        boolean hint = suspected.getAndSet(false);
        if (present.prober().isPresent()) {
            Prober prober = present.prober().get();
            long wait = prober.step(now, hint);
            underSuspicion = prober.isInDoubt(now);
            noteContact();
            return Math.min(wait, control.tick(now, prober.convicting()));
        }
        present.calls().listen(now);
        underSuspicion = control.breaker().view().failuresInARow() > 0;
        return control.tick(now, Optional.empty());
    }

    /**
     * Waits until the first evidence since supervision began decided about the first call: the breaker admits calls, or a probe failed. Later,
     * and without a probe, it returns at once. False when {@code limit} passed first.
     */
    public boolean awaitContact(Duration limit) throws InterruptedException {
        Attached present = attached.get();
        return present == null || present.contact().await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void noteContact() {
        Attached present = attached.get();
        if (present != null && !control.isFirstContact()) {
            present.contact().countDown();
        }
    }

    /** Whether the supervisor suspects the dependency: the last probe failed, or one hangs. Without a probe, whether the last call failed. */
    public boolean isSuspected() {
        return underSuspicion;
    }

    /** The health after a step; hands an event to the listeners when the status changed. */
    DependencyHealth look(long now) {
        Attached present = attached.get();
        if (present == null || !spec.enabled()) {
            Instant since = present == null ? time.now() : present.line().since();
            return DependencyHealth.disabled(spec.name(), spec.critical(), since);
        }
        BreakerView breaker = control.breaker().view();
        List<Finding> findings = new ArrayList<>(notes.at(now));
        present.prober().ifPresent(prober -> findings.addAll(prober.findings()));
        Status status = status(breaker, present, findings);
        Evidence evidence = present.evidence();
        present.line().show(status, breaker, evidence, findings).forEach(present.events());
        return new DependencyHealth(
                spec.name(),
                spec.critical(),
                status,
                breaker.state() == BreakerState.FORCED_OPEN
                        ? breaker.since()
                        : present.line().since(),
                breaker.state(),
                evidence.checkedAt().or(() -> heardFromCalls().map(Failure::at)),
                evidence.responseTime(),
                evidence.lastSuccess(),
                evidence.lastFailure().or(breaker::failure).or(this::heardFromCalls),
                evidence.failingSince(),
                breaker.retryAfter(),
                findings,
                spec.classifier()::hint);
    }

    /** How long the dependency has had each status; empty while it is not supervised. */
    public Map<Status, Duration> timeInStatuses() {
        Attached present = attached.get();
        return present == null ? Map.of() : present.line().timeInStatuses();
    }

    /** The start task that is not done yet, in words; empty when there is none. */
    Optional<PendingStart> pendingStart() {
        Attached present = attached.get();
        return present == null ? Optional.empty() : present.prober().flatMap(Prober::pendingStart);
    }

    private Status status(BreakerView breaker, Attached present, List<Finding> findings) {
        Status working = findings.isEmpty() ? Status.UP : Status.DEGRADED;
        return switch (breaker.state()) {
            case CLOSED -> isHeardOf(present) ? working : Status.UNKNOWN;
            case OPEN -> awaited(isUntouched(breaker) || isStarting(present));
            case RECOVERING -> breaker.verified() ? Status.RECOVERING : awaited(isStarting(present));
            case FORCED_OPEN -> Status.DOWN;
            case BYPASSED -> {
                Status unlessConvicted = isHeardOf(present) ? working : Status.UNKNOWN;
                yield isConvicted(breaker, present) ? Status.DOWN : unlessConvicted;
            }
        };
    }

    private static Status awaited(boolean starting) {
        return starting ? Status.UNKNOWN : Status.DOWN;
    }

    private boolean isConvicted(BreakerView breaker, Attached present) {
        return present.prober()
                .map(prober -> prober.convicting().isPresent())
                .orElse(breaker.failuresInARow() >= spec.breaker().failures());
    }

    private static boolean isStarting(Attached present) {
        return present.prober().map(Prober::isStarting).orElse(false);
    }

    private boolean isUntouched(BreakerView breaker) {
        return breaker.failure().isEmpty() && control.isFirstContact();
    }

    private Optional<Failure> heardFromCalls() {
        return Optional.ofNullable(lastCallFailure);
    }

    /** Whether a probe was answered, or without a probe a call succeeded. Until then nothing is known, and nothing is well. */
    private static boolean isHeardOf(Attached present) {
        return present.prober().isPresent()
                ? present.evidence().isHeardOf()
                : present.calls().isHeardOf();
    }

    /** Called in the middle of calls: sets fields and wakes the supervisor. */
    private final class Owner implements BreakerOwner {
        @Override
        public void suspected(Failure failure) {
            lastCallFailure = failure;
            if (suspected.compareAndSet(false, true)) {
                wake();
            }
        }

        @Override
        public void moved(BreakerMove move) {
            publish(new MooringEvent.BreakerMoved(
                    spec.name(), move.at(), move.from(), move.to(), move.lasted(), move.cause(), move.act()));
            wake();
        }
    }
}

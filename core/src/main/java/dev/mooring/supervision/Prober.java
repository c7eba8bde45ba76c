package dev.mooring.supervision;

import dev.mooring.breaker.BreakerControl;
import dev.mooring.breaker.BreakerState;
import dev.mooring.breaker.TransitionCause;
import dev.mooring.event.MooringEvent;
import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import dev.mooring.probe.Finding;
import dev.mooring.probe.Probe;
import dev.mooring.probe.ProbeKind;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks one dependency and judges the answers. Used on the supervisor's thread.
 *
 * <p>Two ways lead to a conviction: enough clear refusals in a row, or silence for the whole timeout with a question pending. A
 * refusal for good convicts at once. While a session answers, a log-in that fails is a finding and no outage; and a real call
 * that succeeds while we suspect acquits.
 */
final class Prober {
    private static final Duration RAN_AGAIN = Duration.ofMillis(500);
    private static final double SPREAD = 0.2;

    private final Supervised spec;
    private final BreakerControl control;
    private final Evidence evidence;
    private final Pauses pauses;
    private final Time time;
    private final Consumer<MooringEvent> events;
    private final ProbeSlots slots;
    private final ProbeRunner runner;
    private final StartSequence starts;
    private final Verification verification;

    private BreakerState seen = BreakerState.OPEN;
    private int answersInARow;
    private long lastBegun;
    private long nextLogIn;
    private boolean sessionAnswers;
    private long lastSessionAnswer;
    private Optional<Long> lastVeto = Optional.empty();
    private long suspectedUntil;
    private List<Finding> sessionFindings = List.of();
    private @Nullable Finding logInFinding;
    private @Nullable Verdict verdict;

    /** What the evidence says against the dependency. */
    private record Verdict(TransitionCause cause, String because, Failure failure) {}

    Prober(
            Supervised spec,
            Probe probe,
            BreakerControl control,
            Evidence evidence,
            Pauses pauses,
            ProbeRunner runner,
            Time time,
            Runnable wake,
            Consumer<MooringEvent> events) {
        this.spec = spec;
        this.control = control;
        this.evidence = evidence;
        this.pauses = pauses;
        this.time = time;
        this.events = events;
        this.runner = runner;
        this.slots = new ProbeSlots(probe, runner, time, wake);
        this.starts = new StartSequence(spec.name(), spec.startTasks(), runner, wake, time);
        this.verification = new Verification(spec.recovery(), runner, wake);
        this.lastBegun = time.nanos() - spec.timing().timeout().toNanos();
        this.suspectedUntil = time.nanos();
        this.lastSessionAnswer = time.nanos();
        scheduleLogIn(time.nanos());
    }

    /** Takes what came in, judges, and asks again where it is time; gives the nanoseconds until it wants to come again. */
    long step(long now, boolean suspected) {
        takeOutcomes(now);
        takeVeto();
        noticeMove(now);
        slots.abandonOlderThan(spec.timing().timeout().toNanos() + RAN_AGAIN.toNanos(), now, pauses.total());
        if (suspected) {
            suspectedUntil = now + spec.timing().interval().toNanos();
        }
        if (isSuspicious(now)) {
            control.suspect();
        }
        judge(now);
        noticeMove(now);
        recover(now);
        return ask(now, suspected);
    }

    /** Whether the evidence speaks against it, whatever an operator makes of that. Holds until the next good answer. */
    boolean isConvicted() {
        return verdict != null;
    }

    List<Finding> findings() {
        List<Finding> all = new ArrayList<>(sessionFindings);
        Optional.ofNullable(logInFinding).ifPresent(all::add);
        return all;
    }

    Optional<String> pendingStart() {
        return starts.pending();
    }

    /** The dependency answers, and what must be done first is not done yet. */
    boolean isStarting() {
        return answersInARow > 0 && !starts.isDone();
    }

    void stop() {
        slots.abandonAll();
    }

    private void takeOutcomes(long now) {
        for (Optional<ProbeOutcome> next = slots.poll(); next.isPresent(); next = slots.poll()) {
            ProbeOutcome outcome = next.get();
            Optional<Failure> failure = Optional.empty();
            if (outcome instanceof ProbeOutcome.Answered answered) {
                answered(answered);
            } else if (outcome instanceof ProbeOutcome.Failed failed) {
                failure = Failure.of(failed.error(), spec.classifier(), time.now());
                failure.ifPresent(f -> failed(failed.probe(), f, now));
            }
            RunningProbe probe = outcome.probe();
            Duration took = Duration.ofNanos(outcome.endedNanos() - probe.startedNanos());
            events.accept(new MooringEvent.ProbeEnded(spec.name(), time.now(), probe.kind(), took, failure));
        }
    }

    private void answered(ProbeOutcome.Answered answered) {
        RunningProbe probe = answered.probe();
        evidence.good(answered.endedNanos(), time.now(), pauses.total());
        verdict = null;
        evidence.answeredIn(Duration.ofNanos(answered.endedNanos() - probe.startedNanos()));
        sessionFindings = answered.answer().findings();
        if (probe.kind() == ProbeKind.SESSION) {
            sessionAnswers = true;
            lastSessionAnswer = answered.endedNanos();
        } else {
            logInFinding = null;
        }
        answersInARow++;
        control.probeSucceeded();
    }

    private void failed(RunningProbe probe, Failure failure, long now) {
        boolean late = failure.kind() == FailureKind.RESPONSE_TIMEOUT || failure.kind() == FailureKind.CONNECT_TIMEOUT;
        if (late && probe.wasPaused(pauses.total())) {
            return;
        }
        if (probe.kind() == ProbeKind.SESSION) {
            sessionAnswers = false;
        } else if (sessionIsWell(now)) {
            logInFinding = new Finding(failure.kind(), "log-in fails while open sessions work: " + failure.message());
            nextLogIn = now + ProbeTiming.PERMANENT.toNanos();
            return;
        }
        evidence.bad(failure);
        evidence.nothingHeard(failure, probe.startedNanos());
        answersInARow = 0;
        if (seen == BreakerState.OPEN) {
            verification.forget();
        }
        control.explain(failure);
        if (probe.kind() == ProbeKind.FRESH && evidence.heardBadNews()) {
            relapseIfRecovering(failure);
        }
    }

    private boolean sessionIsWell(long now) {
        Duration fresh = spec.timing().interval().plus(ProbeTiming.BESIDE);
        return sessionAnswers && seen == BreakerState.CLOSED && now - lastSessionAnswer < fresh.toNanos();
    }

    private void relapseIfRecovering(Failure failure) {
        if (control.breaker().view().state() == BreakerState.RECOVERING) {
            control.convict(TransitionCause.RECOVERY_FAILED, " after a recovery that failed", failure);
        }
    }

    private void takeVeto() {
        Optional<Long> veto = control.lastVeto();
        if (!veto.equals(lastVeto)) {
            lastVeto = veto;
            veto.ifPresent(nanos -> evidence.good(nanos, time.now(), pauses.total()));
            verdict = null;
        }
    }

    private boolean isSuspicious(long now) {
        return evidence.heardBadNews()
                || suspectedUntil - now > 0
                || slots.oldestAge(now, pauses.total()) >= ProbeTiming.BESIDE.toNanos();
    }

    private void judge(long now) {
        Optional<Verdict> weighed = weigh(now);
        if (weighed.isEmpty()) {
            return;
        }
        Verdict present = weighed.get();
        boolean moved = control.convict(present.cause(), present.because(), present.failure());
        if (present.cause() == TransitionCause.SILENCE && (moved || verdict == null)) {
            evidence.bad(present.failure());
            control.explain(present.failure());
        }
        verdict = present;
    }

    private Optional<Verdict> weigh(long now) {
        int inARow = evidence.failuresInARow();
        Optional<Failure> last = evidence.lastFailure();
        if (inARow > 0 && last.isPresent() && last.get().kind().isPermanent()) {
            return Optional.of(
                    new Verdict(TransitionCause.PERMANENT_FAILURE, " because it refuses for good", last.get()));
        }
        if (inARow >= spec.breaker().failures() && last.isPresent()) {
            String because = " after " + inARow + " failures in a row";
            return Optional.of(new Verdict(TransitionCause.CONSECUTIVE_FAILURES, because, last.get()));
        }
        return isSilent(now) ? Optional.of(silence(now)) : Optional.empty();
    }

    private Verdict silence(long now) {
        double seconds = evidence.silence(now, pauses.total()) / 1e9;
        String message = String.format(Locale.ROOT, "no answer for %.1f s", seconds);
        Failure silent = new Failure(FailureKind.RESPONSE_TIMEOUT, message, time.now());
        return new Verdict(TransitionCause.SILENCE, " after " + message, silent);
    }

    private boolean isSilent(long now) {
        long timeout = spec.timing().timeout().toNanos();
        long pending = timeout - spec.timing().interval().toNanos();
        return evidence.silence(now, pauses.total()) >= timeout
                && Math.max(slots.oldestAge(now, pauses.total()), evidence.nothingHeardFor(now, pauses.total()))
                        >= pending
                && pauses.runningFor(now) >= RAN_AGAIN.toNanos();
    }

    /** The breaker may have been moved by us, by a call or by an operator: what was under way for the state before is void. */
    private void noticeMove(long now) {
        BreakerState present = control.breaker().view().state();
        if (present == seen) {
            return;
        }
        if (present == BreakerState.CLOSED && seen != BreakerState.RECOVERING) {
            evidence.forget(now, pauses.total());
            verdict = null;
        }
        if (present == BreakerState.OPEN) {
            answersInARow = 0;
            sessionAnswers = false;
            verification.forget();
            runner.begin(spec.recovery()::opened);
        }
        seen = present;
    }

    private void recover(long now) {
        if (answersInARow > 0 && seen != BreakerState.FORCED_OPEN) {
            starts.advance(now);
        }
        boolean recovering =
                seen == BreakerState.RECOVERING && !control.breaker().view().verified();
        if (!starts.isDone() || (!recovering && !(seen == BreakerState.OPEN && answersInARow > 0))) {
            return;
        }
        if (seen == BreakerState.OPEN && !control.isFirstContact()) {
            control.beginRecovery(answersInARow);
            seen = control.breaker().view().state();
            if (seen == BreakerState.OPEN) {
                return;
            }
        }
        verify(now);
    }

    private void verify(long now) {
        Optional<Verification.Result> result = verification.poll();
        if (result.isEmpty()) {
            if (!verification.isRunning()
                    || verification.age(now) > spec.timing().timeout().toNanos()) {
                verification.begin(now);
            }
            return;
        }
        Optional<Exception> error = result.get().error();
        if (error.isEmpty()) {
            control.verified();
            seen = control.breaker().view().state();
            return;
        }
        answersInARow = 0;
        Failure.of(error.get(), spec.classifier(), time.now()).ifPresent(failure -> {
            evidence.bad(failure);
            control.explain(failure);
            relapseIfRecovering(failure);
        });
    }

    private long ask(long now, boolean suspected) {
        return switch (seen) {
            case OPEN -> askWhileOpen(now);
            case RECOVERING -> askEvery(ProbeTiming.SUSPICIOUS, ProbeKind.FRESH, now);
            case CLOSED, FORCED_OPEN, BYPASSED -> askInOperation(now, suspected);
        };
    }

    private long askWhileOpen(long now) {
        boolean forGood =
                evidence.lastFailure().map(f -> f.kind().isPermanent()).orElse(false) && evidence.heardBadNews();
        Duration pause = forGood ? ProbeTiming.PERMANENT : ProbeTiming.OPEN;
        long due = lastBegun + pause.toNanos();
        boolean asked = suspectedUntil - now > 0 && now - lastBegun >= ProbeTiming.OPEN.toNanos();
        if (asked || due - now <= 0) {
            beginFresh(now);
            due = now + pause.toNanos();
        }
        control.nextAttemptAt(due);
        return due - now;
    }

    private long askInOperation(long now, boolean suspected) {
        if (nextLogIn - now <= 0 && !slots.isRunning(ProbeKind.FRESH)) {
            begin(ProbeKind.FRESH, now);
            scheduleLogIn(now);
        }
        if (slots.isRunning(ProbeKind.SESSION)) {
            boolean hangs = slots.youngestAge(now, pauses.total()) >= ProbeTiming.BESIDE.toNanos();
            if (hangs || (suspected && !slots.isRunning(ProbeKind.FRESH))) {
                beginFresh(now);
            }
            return ProbeTiming.SUSPICIOUS.toNanos();
        }
        Duration period =
                isSuspicious(now) ? ProbeTiming.SUSPICIOUS : spec.timing().interval();
        return askEvery(period, ProbeKind.SESSION, now);
    }

    private long askEvery(Duration period, ProbeKind kind, long now) {
        long due = lastBegun + period.toNanos();
        if (due - now <= 0) {
            if (!slots.isRunning(kind)) {
                begin(kind, now);
            } else if (slots.youngestAge(now, pauses.total()) >= ProbeTiming.BESIDE.toNanos()) {
                beginFresh(now);
            }
            return period.toNanos();
        }
        return due - now;
    }

    /** Where all slots hang, one makes room: what a server lost with its connections it never answers. */
    private void beginFresh(long now) {
        if (slots.isFull()) {
            slots.makeRoom(now, pauses.total());
        }
        begin(ProbeKind.FRESH, now);
    }

    private void begin(ProbeKind kind, long now) {
        if (slots.begin(kind, spec.timing(), now, pauses.total())) {
            lastBegun = now;
        }
    }

    private void scheduleLogIn(long now) {
        double spread = 1 + SPREAD * (2 * time.chance().nextDouble() - 1);
        nextLogIn = now + (long) (ProbeTiming.LOG_IN.toNanos() * spread);
    }
}

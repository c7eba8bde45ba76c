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
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Supervises one dependency with a probe: takes the outcomes of probes, lets the {@link Judge} weigh them, leads the breaker back
 * after an outage, and lets {@link Questions} begin the next probes. Used on the supervisor's thread.
 *
 * <p>When an answer says that the work of the start tasks is gone, the tasks run again before the breaker admits calls.
 *
 * <p>While a session answers, a failed log-in is a finding and no outage. A call that succeeds while the supervisor suspects the
 * dependency acquits it.
 */
final class Prober {
    private static final Logger LOG = LoggerFactory.getLogger(Prober.class);

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
    private final Judge judge;
    private final Questions questions;

    private BreakerState seen = BreakerState.OPEN;
    private int answersInARow;
    private boolean sessionAnswers;
    private long lastSessionAnswer;
    private Optional<Long> lastVeto = Optional.empty();
    private List<Finding> sessionFindings = List.of();
    private @Nullable Finding logInFinding;
    /** Whether the start is over: its tasks are done, and the breaker let calls in after that. */
    private boolean started;

    Prober(
            Supervised spec,
            Probe probe,
            BreakerControl control,
            Evidence evidence,
            Pauses pauses,
            ProbeRunner runner,
            Time time,
            Runnable wake,
            Consumer<MooringEvent> events,
            DiagnosisPlace place) {
        this.spec = spec;
        this.control = control;
        this.evidence = evidence;
        this.pauses = pauses;
        this.time = time;
        this.events = events;
        this.runner = runner;
        this.slots = new ProbeSlots(probe, spec.classifier(), runner, time, wake, place);
        this.starts = new StartSequence(spec.name(), spec.startTasks(), runner, wake, time);
        this.verification = new Verification(spec.recovery(), spec.classifier(), runner, time, wake);
        this.judge = new Judge(spec, control, evidence, slots, pauses, time);
        this.questions = new Questions(spec, control, evidence, slots, pauses, time);
        this.lastSessionAnswer = time.nanos();
        this.started = spec.startTasks().isEmpty();
    }

    /** Takes outcomes, judges, and begins the probes that are due. Returns the nanoseconds until the next step is due. */
    long step(long now, boolean suspected) {
        takeOutcomes(now);
        takeVeto();
        noticeMove(now);
        if (slots.isAcceptedInVain(evidence.lastGoodNanos(), now, pauses.total())) {
            evidence.acceptedInVain();
        }
        if (!evidence.isAsked() && slots.hasSent()) {
            evidence.asked(now, pauses.total());
        }
        long patience = spec.timing().timeout().plus(Judge.RAN_AGAIN).toNanos();
        if (slots.abandonOlderThan(patience, now, pauses.total())) {
            evidence.gaveUp();
        }
        if (suspected) {
            questions.hint(now);
        }
        if (isSuspicious(now)) {
            control.suspect();
        }
        judge.judge(now);
        noticeMove(now);
        recover(now);
        started = started || (control.breaker().view().state() == BreakerState.CLOSED && starts.isDone());
        return questions.ask(seen, now, suspected, isSuspicious(now));
    }

    /**
     * The failure by which the evidence convicts the dependency, whatever an operator ordered. Holds until the next good answer.
     */
    Optional<Failure> convicting() {
        return judge.convicting();
    }

    List<Finding> findings() {
        List<Finding> all = new ArrayList<>(sessionFindings);
        Optional.ofNullable(logInFinding).ifPresent(all::add);
        return all;
    }

    Optional<PendingStart> pendingStart() {
        return starts.pending();
    }

    /** Whether the dependency answers, but its start tasks are not done, or the breaker has not let calls in since. */
    boolean isStarting() {
        return answersInARow > 0 && !started;
    }

    void stop() {
        slots.abandonAll();
    }

    private void takeOutcomes(long now) {
        for (Optional<ProbeOutcome> next = slots.poll(); next.isPresent(); next = slots.poll()) {
            ProbeOutcome outcome = next.get();
            if (outcome instanceof ProbeOutcome.Answered answered) {
                answered(answered);
                tell(answered, Optional.empty());
            } else if (outcome instanceof ProbeOutcome.Failed failed) {
                failed(failed.probe(), failed.failure(), now);
                tell(failed, Optional.of(failed.failure()));
            }
        }
    }

    private void tell(ProbeOutcome outcome, Optional<Failure> failure) {
        RunningProbe probe = outcome.probe();
        Duration took = Duration.ofNanos(outcome.endedNanos() - probe.startedNanos());
        events.accept(new MooringEvent.ProbeEnded(spec.name(), time.now(), probe.kind(), took, failure));
    }

    private void answered(ProbeOutcome.Answered answered) {
        RunningProbe probe = answered.probe();
        evidence.good(answered.endedNanos(), time.now(), pauses.total());
        judge.acquit();
        evidence.answeredIn(Duration.ofNanos(answered.endedNanos() - probe.startedNanos()));
        sessionFindings = answered.answer().findings();
        if (probe.kind() == ProbeKind.SESSION) {
            sessionAnswers = true;
            lastSessionAnswer = answered.endedNanos();
        } else {
            logInFinding = null;
        }
        Optional<String> unprepared = answered.answer().unprepared();
        if (unprepared.isEmpty() || !starts.canRunAgain() || runTasksAgain(probe, unprepared.get())) {
            answersInARow++;
            control.probeSucceeded();
        }
    }

    /**
     * Makes the start tasks run again: until then calls would only fail, so the breaker admits none. False when the probe asked before the
     * tasks ended: then the next answer decides.
     */
    private boolean runTasksAgain(RunningProbe probe, String why) {
        if (!starts.again(probe.startedNanos())) {
            return false;
        }
        // Not on this thread: the application's log may block. Without a free thread the event of the move alone says
        // why.
        boolean unused = runner.begin(() -> LOG.atWarn()
                .addKeyValue("dependency", spec.name())
                .log("{}: {}; the start tasks run again", spec.name(), why));
        started = false;
        verification.forget();
        Failure failure = new Failure(FailureKind.SCHEMA_MISSING, why, time.now());
        evidence.remember(failure);
        control.explain(failure);
        control.convict(TransitionCause.UNPREPARED, " because " + why, failure);
        return true;
    }

    private void failed(RunningProbe probe, Failure failure, long now) {
        evidence.asked(probe.startedNanos(), pauses.total());
        boolean late = failure.kind() == FailureKind.RESPONSE_TIMEOUT || failure.kind() == FailureKind.CONNECT_TIMEOUT;
        if (late && probe.wasPaused(pauses.total())) {
            return;
        }
        if (probe.kind() == ProbeKind.SESSION) {
            sessionAnswers = false;
        } else if (sessionIsWell(now)) {
            logInFinding = new Finding(failure.kind(), "log-in fails while open sessions work: " + failure.message());
            questions.logInAgain(now);
            return;
        }
        if (failure.kind() == FailureKind.RESPONSE_TIMEOUT && probe.isAcceptedAfter(evidence.lastGoodNanos())) {
            evidence.acceptedInVain();
        }
        Failure counted = evidence.bad(failure);
        evidence.nothingHeard(counted, probe.startedNanos());
        answersInARow = 0;
        if (seen == BreakerState.OPEN) {
            verification.forget();
        }
        control.explain(counted);
        if (probe.kind() == ProbeKind.FRESH && evidence.heardBadNews()) {
            relapseIfRecovering(counted);
        }
    }

    private boolean sessionIsWell(long now) {
        Duration fresh = spec.timing().interval().plus(Rhythm.BESIDE);
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
            judge.acquit();
        }
    }

    /** Whether the evidence says something against the dependency, or nothing for it, or a hint asks for more evidence. */
    private boolean isSuspicious(long now) {
        return evidence.heardBadNews()
                || !evidence.isHeardOf()
                || questions.isHinted(now)
                || slots.oldestAge(now, pauses.total()) >= Rhythm.BESIDE.toNanos();
    }

    /** Whether the last probe failed, or one has waited for a second in which no other was answered, or nothing is known yet. */
    boolean isInDoubt(long now) {
        long asked = Math.min(slots.oldestAge(now, pauses.total()), evidence.silence(now, pauses.total()));
        return evidence.heardBadNews()
                || !evidence.isHeardOf()
                || evidence.nothingHeardFor(now, pauses.total()) > 0
                || asked >= Rhythm.BESIDE.toNanos();
    }

    /**
     * Drops what belongs to an earlier state of the breaker, which this class, a call or an operator may have moved. When an
     * operator closed it, the evidence stays if it speaks for the dependency; otherwise nothing is known until the next answer.
     */
    private void noticeMove(long now) {
        BreakerState present = control.breaker().view().state();
        if (present == seen) {
            return;
        }
        boolean byOrder = present == BreakerState.CLOSED && seen != BreakerState.RECOVERING;
        boolean well = evidence.isHeardOf()
                && !evidence.heardBadNews()
                && judge.convicting().isEmpty();
        if (byOrder && !well) {
            evidence.forget(now, pauses.total());
            judge.acquit();
        }
        if (present == BreakerState.OPEN) {
            answersInARow = 0;
            sessionAnswers = false;
            verification.forget();
            runner.opened(spec.recovery()::opened);
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
        Optional<Failure> failed = result.get().failure();
        if (failed.isEmpty()) {
            control.verified();
            started = true;
            seen = control.breaker().view().state();
            return;
        }
        answersInARow = 0;
        Failure counted = evidence.bad(failed.get());
        control.explain(counted);
        relapseIfRecovering(counted);
    }
}

package dev.mooring.supervision;

import static dev.mooring.supervision.Invariant.BACK_IN_TIME;
import static dev.mooring.supervision.Invariant.CLOSED_IN_TIME;
import static dev.mooring.supervision.Invariant.TOLD_IN_TIME;
import static dev.mooring.supervision.Invariant.TRIED_AGAIN_IN_TIME;
import static dev.mooring.supervision.Invariant.WELL_IS_NOT_CONVICTED;

import dev.mooring.breaker.BreakerState;
import dev.mooring.breaker.BreakerView;
import dev.mooring.breaker.TransitionCause;
import dev.mooring.event.MooringEvent.BreakerMoved;
import dev.mooring.event.MooringEvent.ProbeEnded;
import dev.mooring.probe.ProbeTiming;
import dev.mooring.supervision.SimulatedBackend.Condition;
import java.time.Duration;

/**
 * How long things may take. With a probe the contract's figures hold (1.5 s, 3 s after a black hole). Three things add to them by
 * design: for each failed recovery a dependency has to answer two more probes, half a second apart, at most six; after a permanent
 * failure probes come every five seconds only; and the probe's own latency counts. A pause of this process begins every count anew.
 */
final class TimeLimits {
    private static final long AFTER_REFUSAL = nanos(1_500);
    private static final long AFTER_BLACK_HOLE = nanos(3_000);
    private static final long MORE_PROBES = nanos(1_000);
    private static final long LATENCIES = nanos(200);
    private static final long WELL_FOR = nanos(3_000);

    private final SimulatedDependency dependency;
    private final VirtualWorld world;

    private long conditionSince;
    private long wellSince;
    private long wellSinceRan;
    private long lastInBlackHole = Long.MIN_VALUE / 2;
    private boolean refusedForGood;
    private boolean wasWell = true;
    private long lastAnswer = -1;
    private long refusedInVainSince;
    private long admittedInStepsSince;
    private long unnoticedSince;

    TimeLimits(SimulatedDependency dependency, VirtualWorld world) {
        this.dependency = dependency;
        this.world = world;
    }

    void conditionChanged(Condition from, Condition to) {
        long now = world.elapsed();
        if (from == Condition.BLACK_HOLE) {
            lastInBlackHole = now;
        }
        if (from != to) {
            wasWell = from == Condition.WELL && now - conditionSince > nanos(5_000);
            if (!from.isSilent() || !to.isSilent()) {
                unnoticedSince = now;
            }
            conditionSince = now;
        }
        if (to == Condition.WELL && from != to) {
            wellSince = now;
            wellSinceRan = world.ran();
        }
    }

    /** Whether no probe has been answered yet. */
    boolean noneAnswered() {
        return lastAnswer < 0;
    }

    /** Whether no probe has been answered since then, in nanoseconds since the world began. */
    boolean noneAnsweredSince(long nanos) {
        return lastAnswer <= nanos;
    }

    void probeEnded(ProbeEnded probe) {
        if (probe.failure().isEmpty()) {
            lastAnswer = world.elapsed();
        }
        probe.failure().ifPresent(failure -> refusedForGood = failure.kind().isPermanent());
    }

    void moved(BreakerMoved move) {
        boolean byProbe = move.cause() != TransitionCause.FAILURE_RATE && dependency.probed;
        boolean convicted = move.to() == BreakerState.OPEN && move.cause() != TransitionCause.EXPIRED;
        boolean well = isWell() && dependency.backend.isPrepared() && world.ran() - wellSinceRan > WELL_FOR;
        WELL_IS_NOT_CONVICTED.holds(!(byProbe && convicted && well), move::toString);
    }

    /** Looks after each step of the supervisor; {@code view} is the breaker as it is now. */
    void afterStep(BreakerView view) {
        long now = world.elapsed();
        if (dependency.probed) {
            checkBack(view, now);
            checkClosed(view, now);
            checkTold(view, now);
        } else {
            long limit = dependency.spec.breaker().recoveryTimeout().toNanos();
            boolean inTime = now - dependency.states.since() <= limit || now - world.lastPauseEnd() <= LATENCIES;
            TRIED_AGAIN_IN_TIME.holds(view.state() != BreakerState.OPEN || inTime, view::toString);
        }
    }

    private void checkBack(BreakerView view, long now) {
        boolean refusing = view.state() == BreakerState.OPEN || !view.verified();
        if (!refusing || !isWell() || dependency.isStarting()) {
            refusedInVainSince = now;
            return;
        }
        long waited = now - Math.max(refusedInVainSince, world.lastPauseEnd());
        BACK_IN_TIME.holds(
                waited <= backWithin(view),
                () -> nanosText(waited) + " of " + nanosText(backWithin(view)) + ": " + view);
    }

    private long backWithin(BreakerView view) {
        boolean afterBlackHole = wellSince - lastInBlackHole < nanos(12_000);
        long first = afterBlackHole ? AFTER_BLACK_HOLE : AFTER_REFUSAL;
        boolean forGood = refusedForGood
                || view.failure().map(failure -> failure.kind().isPermanent()).orElse(false);
        long patience = forGood ? ProbeTiming.PERMANENT.toNanos() : 0;
        return first + patience + Math.min(dependency.states.failedRecoveries(), 3) * MORE_PROBES + LATENCIES;
    }

    private void checkClosed(BreakerView view, long now) {
        if (view.state() != BreakerState.RECOVERING || !view.verified() || !isWell()) {
            admittedInStepsSince = now;
            return;
        }
        int needed = dependency.spec.breaker().successesAfter(dependency.states.failedRecoveries());
        long limit = AFTER_REFUSAL + needed * (Rhythm.SUSPICIOUS.toNanos() + LATENCIES / 2);
        long waited = now - Math.max(admittedInStepsSince, world.lastPauseEnd());
        CLOSED_IN_TIME.holds(waited <= limit, () -> nanosText(waited) + " of " + nanosText(limit) + ": " + view);
    }

    /** Counts from the last reported success, because a call that succeeds acquits. */
    private void checkTold(BreakerView view, long now) {
        if (view.state() != BreakerState.CLOSED || !isDead()) {
            unnoticedSince = now;
            return;
        }
        long since = Math.max(
                Math.max(unnoticedSince, world.lastPauseEnd()),
                Math.max(dependency.calls.lastSuccess(), dependency.states.since()));
        boolean sinceWell = wasWell && since == unnoticedSince && since == conditionSince;
        long limit = toldWithin(sinceWell);
        TOLD_IN_TIME.holds(now - since <= limit, () -> nanosText(now - since) + " of " + nanosText(limit));
    }

    /** From a quiet start the contract's figures: 3 s, or the timeout and half a second; longer while something else went on. */
    long toldWithin(boolean sinceWell) {
        long interval = dependency.spec.timing().interval().toNanos();
        int failures = dependency.spec.breaker().failures();
        if (dependency.backend.condition().isSilent()) {
            return dependency.spec.timing().timeout().toNanos() + nanos(500) + (sinceWell ? 0 : nanos(500));
        }
        long quick = interval + (failures - 1) * Rhythm.SUSPICIOUS.toNanos() + LATENCIES;
        return sinceWell ? quick : quick + interval + nanos(1_500);
    }

    boolean isWell() {
        return dependency.backend.condition() == Condition.WELL;
    }

    boolean isDead() {
        Condition condition = dependency.backend.condition();
        return condition.isSilent() || condition.isRefusing();
    }

    /** How long the backend has been as it is, pauses counted from their end. */
    long unchangedFor() {
        return world.elapsed() - Math.max(conditionSince, world.lastPauseEnd());
    }

    private static long nanos(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }

    private static String nanosText(long nanos) {
        return Duration.ofNanos(nanos).toMillis() + " ms";
    }
}

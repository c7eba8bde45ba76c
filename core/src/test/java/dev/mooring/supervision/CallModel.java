package dev.mooring.supervision;

import static dev.mooring.supervision.Invariant.ALWAYS_ADMITS_WHILE_CLOSED;
import static dev.mooring.supervision.Invariant.COUNTS_ADD_UP;
import static dev.mooring.supervision.Invariant.LATE_OUTCOMES_MOVE_NOTHING;
import static dev.mooring.supervision.Invariant.NEVER_ADMITS_WHILE_REFUSING;
import static dev.mooring.supervision.Invariant.TRIALS_ARE_NOT_HELD_BACK;
import static dev.mooring.supervision.Invariant.TRIALS_STAY_WITHIN_THE_STEP;

import dev.mooring.breaker.BreakerState;
import dev.mooring.breaker.BreakerView;
import dev.mooring.breaker.CallCounts;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/** Follows the calls to one dependency: which ones the breaker let in, how they ended, and how many trial calls run. */
final class CallModel {
    private static final long LEASE = Duration.ofSeconds(30).toNanos();
    private static final long STEP = Duration.ofMillis(250).toNanos();
    private static final double[] SHARES = {0, 0.25, 0.5, 1};

    private final SimulatedDependency dependency;
    private final VirtualWorld world;
    private final Set<Call> trials = new LinkedHashSet<>();

    private long succeeded;
    private long failed;
    private long ignored;
    private long refused;
    private int successesInGeneration;
    private int generation = -1;
    private boolean verified;
    private long verifiedSince;
    private long lastSuccess;
    private long late;

    /** A call that the breaker let in, in which generation and when. */
    static final class Call {
        private final int generation;
        private final long begun;

        private Call(int generation, long begun) {
            this.generation = generation;
            this.begun = begun;
        }
    }

    CallModel(SimulatedDependency dependency, VirtualWorld world) {
        this.dependency = dependency;
        this.world = world;
    }

    /** The nanosecond of the last reported success. */
    long lastSuccess() {
        return lastSuccess;
    }

    /** Whether no call has succeeded yet. */
    boolean noneSucceeded() {
        return succeeded == 0;
    }

    /** Whether no call has succeeded since then, in nanoseconds since the world began. */
    boolean noneSucceededSince(long nanos) {
        return succeeded == 0 || lastSuccess <= nanos;
    }

    /** All calls that were made and ended. */
    long made() {
        return succeeded + failed + ignored + refused;
    }

    /** Those of them whose outcome came in another state than that which let them in. */
    long late() {
        return late;
    }

    void refused(BreakerView before) {
        look(before);
        refused++;
        boolean open = before.state() != BreakerState.CLOSED && before.state() != BreakerState.BYPASSED;
        ALWAYS_ADMITS_WHILE_CLOSED.holds(open, () -> "refused while " + before);
        if (before.state() == BreakerState.RECOVERING && before.verified()) {
            long out = out(LEASE + Pauses.BEAT.toNanos());
            boolean grown =
                    dependency.probed && world.elapsed() - Math.max(verifiedSince, world.lastPauseEnd()) > 5 * STEP;
            int room = grown ? dependency.spec.capacity() : 1;
            TRIALS_ARE_NOT_HELD_BACK.holds(out >= room, () -> out + " out, room for " + room);
        }
    }

    Call admitted(BreakerView before) {
        look(before);
        boolean refusing =
                before.state() == BreakerState.OPEN || before.state() == BreakerState.FORCED_OPEN || !before.verified();
        NEVER_ADMITS_WHILE_REFUSING.holds(!refusing, () -> "admitted while " + before);
        Call call = new Call(dependency.states.generation(), world.elapsed());
        if (before.state() == BreakerState.RECOVERING) {
            trials.add(call);
            long out = out(LEASE);
            TRIALS_STAY_WITHIN_THE_STEP.holds(out <= most(), () -> out + " out, at most " + most());
        }
        return call;
    }

    /** Call it before a call ends. Returns what to run after it. */
    Runnable ending(Call call) {
        int before = dependency.states.generation();
        boolean isLate = call.generation != before;
        return () -> {
            trials.remove(call);
            late += isLate ? 1 : 0;
            LATE_OUTCOMES_MOVE_NOTHING.holds(
                    !isLate || dependency.states.generation() == before, () -> "of generation " + call.generation);
        };
    }

    void succeeded(Call call) {
        succeeded++;
        lastSuccess = world.elapsed();
        if (call.generation == generation) {
            successesInGeneration++;
        }
    }

    void failed() {
        failed++;
    }

    void ignored() {
        ignored++;
    }

    void afterStep(BreakerView view) {
        look(view);
    }

    void checkCounts() {
        CallCounts told = dependency.watch.breaker().counts();
        COUNTS_ADD_UP.holds(
                told.succeeded() == succeeded
                        && told.failures() == failed
                        && told.ignored() == ignored
                        && told.refused() == refused,
                () -> told + "; made: " + succeeded + " succeeded, " + failed + " failed, " + ignored + " ignored, "
                        + refused + " refused");
    }

    private void look(BreakerView view) {
        if (generation != dependency.states.generation()) {
            generation = dependency.states.generation();
            successesInGeneration = 0;
            verified = false;
            trials.clear();
        }
        if (!verified && view.verified()) {
            verified = true;
            verifiedSince = world.elapsed();
        }
    }

    private long out(long atMost) {
        return trials.stream()
                .filter(call -> world.elapsed() - call.begun < atMost)
                .count();
    }

    /** The most that the steps can allow by now: each success, and each quarter of a second with a probe, is one step at most. */
    private long most() {
        long ticks = dependency.probed ? (world.elapsed() - verifiedSince) / STEP : 0;
        int step = (int) Math.min(SHARES.length - 1, successesInGeneration + ticks);
        return Math.max(1, Math.round(SHARES[step] * dependency.spec.capacity()));
    }
}

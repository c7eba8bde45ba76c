package dev.mooring.supervision;

import static dev.mooring.supervision.Invariant.ACTS_END_IN_TIME;
import static dev.mooring.supervision.Invariant.RECOVERY_HEARS_OF_IT;
import static dev.mooring.supervision.Invariant.TASKS_RUN_AGAIN;
import static dev.mooring.supervision.Invariant.TIME_ADDS_UP;
import static dev.mooring.supervision.Invariant.TRANSITIONS_ARE_LEGAL;

import dev.mooring.breaker.BreakerState;
import dev.mooring.breaker.TransitionCause;
import dev.mooring.event.MooringEvent.BreakerMoved;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Follows the transitions of one breaker from its events, and knows which ones are legal. */
final class StateModel {
    private static final long BEAT = Pauses.BEAT.toNanos();
    private static final long RECOVERY_TOLD_WITHIN = Duration.ofMillis(250).toNanos();

    /** A probe that asked before the loss may still be answered: the slowest answer takes 1.5 s. */
    private static final long LOSS_SEEN_WITHIN = Duration.ofSeconds(2).toNanos();

    private final SimulatedDependency dependency;
    private final VirtualWorld world;
    private final Map<BreakerState, Long> past = new EnumMap<>(BreakerState.class);
    private final long begun;

    private BreakerState state;
    private long since;
    private int generation;
    private int failedRecoveries;
    private int rememberedRecoveries;
    private boolean untouched = true;
    private long actLasts;
    private boolean remembers;
    private long cleanSince;
    private long closedSince;

    StateModel(SimulatedDependency dependency, VirtualWorld world) {
        this.dependency = dependency;
        this.world = world;
        this.state = dependency.probed ? BreakerState.OPEN : BreakerState.CLOSED;
        this.begun = world.elapsed();
        this.since = begun;
    }

    BreakerState state() {
        return state;
    }

    long since() {
        return since;
    }

    /** Counts the transitions: outcomes of permits of another generation are late. */
    int generation() {
        return generation;
    }

    /** Recoveries that failed in a row; one that was followed by another outage soon counts as failed. */
    int failedRecoveries() {
        return failedRecoveries;
    }

    /** When the breaker last closed in another way than by a recovery: earlier evidence may not count. */
    long closedSince() {
        return closedSince;
    }

    /** When an operator last closed it: earlier evidence against the dependency does not count. */
    long cleanSince() {
        return cleanSince;
    }

    /** Whether there was no evidence since supervision began. */
    boolean isUntouched() {
        return untouched;
    }

    void probeFailed() {
        untouched = false;
    }

    void ordered(Duration lasts, boolean remembering) {
        actLasts = lasts.toNanos();
        remembers = remembering;
    }

    void moved(BreakerMoved move) {
        long now = world.elapsed();
        TRANSITIONS_ARE_LEGAL.holds(move.from() == state && isLegal(move), () -> "from " + state + ": " + move);
        TIME_ADDS_UP.holds(move.lasted().toNanos() == now - since, () -> (now - since) + " ns passed: " + move);
        ACTS_END_IN_TIME.holds(
                move.cause() != TransitionCause.EXPIRED || now - since >= actLasts, () -> "too early: " + move);
        boolean byProbe = move.cause() == TransitionCause.PROBE_SUCCEEDED;
        boolean justLost = now - dependency.backend.lostAt() < LOSS_SEEN_WITHIN;
        TASKS_RUN_AGAIN.holds(!byProbe || dependency.backend.isPrepared() || justLost, move::toString);
        countRecoveries(move, now - since);
        if (move.cause() == TransitionCause.OPERATOR && move.to() == BreakerState.CLOSED) {
            cleanSince = now;
        }
        if (move.from() != BreakerState.RECOVERING && move.to() == BreakerState.CLOSED) {
            closedSince = now;
        }
        past.merge(state, now - since, Long::sum);
        state = move.to();
        since = now;
        generation++;
        untouched = false;
    }

    private boolean isLegal(BreakerMoved move) {
        boolean probed = dependency.probed;
        return switch (move.cause()) {
            case CONSECUTIVE_FAILURES -> move.from() == BreakerState.CLOSED && move.to() == BreakerState.OPEN;
            case FAILURE_RATE ->
                move.from() == BreakerState.CLOSED
                        && move.to() == BreakerState.OPEN
                        && dependency.spec.breaker().failureRate().isPresent();
            case SILENCE, PERMANENT_FAILURE ->
                probed && move.from() == BreakerState.CLOSED && move.to() == BreakerState.OPEN;
            case UNPREPARED ->
                move.from() == BreakerState.CLOSED
                        && move.to() == BreakerState.OPEN
                        && !dependency.backend.isPrepared();
            case PROBE_SUCCEEDED ->
                probed
                        && move.from() == BreakerState.OPEN
                        && (move.to() == BreakerState.RECOVERING || (untouched && move.to() == BreakerState.CLOSED));
            case PAUSE_OVER -> !probed && move.from() == BreakerState.OPEN && move.to() == BreakerState.RECOVERING;
            case ENOUGH_SUCCESSES -> move.from() == BreakerState.RECOVERING && move.to() == BreakerState.CLOSED;
            case RECOVERY_FAILED -> move.from() == BreakerState.RECOVERING && move.to() == BreakerState.OPEN;
            case OPERATOR -> move.to() != BreakerState.OPEN && move.to() != BreakerState.RECOVERING;
            case EXPIRED ->
                (move.from() == BreakerState.FORCED_OPEN && move.to() == BreakerState.OPEN)
                        || (move.from() == BreakerState.BYPASSED
                                && (move.to() == BreakerState.OPEN || move.to() == BreakerState.CLOSED));
        };
    }

    private void countRecoveries(BreakerMoved move, long lasted) {
        switch (move.cause()) {
            case RECOVERY_FAILED -> failedRecoveries++;
            case ENOUGH_SUCCESSES -> rememberedRecoveries = failedRecoveries + 1;
            case OPERATOR -> {
                rememberedRecoveries = remembers ? remembered(move.from(), lasted) : 0;
                failedRecoveries = 0;
            }
            case EXPIRED -> {
                failedRecoveries = 0;
                rememberedRecoveries = 0;
            }
            case CONSECUTIVE_FAILURES, FAILURE_RATE, SILENCE, PERMANENT_FAILURE, UNPREPARED ->
                failedRecoveries = remembered(BreakerState.CLOSED, lasted);
            case PROBE_SUCCEEDED, PAUSE_OVER -> {}
        }
    }

    private int remembered(BreakerState left, long lasted) {
        return switch (left) {
            case CLOSED -> lasted < dependency.spec.breaker().recoveryTimeout().toNanos() ? rememberedRecoveries : 0;
            case OPEN, RECOVERING -> failedRecoveries;
            case FORCED_OPEN, BYPASSED -> 0;
        };
    }

    void afterStep() {
        boolean forced = state == BreakerState.FORCED_OPEN || state == BreakerState.BYPASSED;
        long over = world.elapsed() - since - actLasts;
        boolean due = dependency.probed
                && state == BreakerState.OPEN
                && generation > 0
                && world.elapsed() - Math.max(since, world.lastPauseEnd()) > RECOVERY_TOLD_WITHIN;
        RECOVERY_HEARS_OF_IT.holds(!due || dependency.backend.lastOpened() >= since, () -> "open since " + since);
        ACTS_END_IN_TIME.holds(
                !forced || over <= 0 || world.elapsed() - world.lastPauseEnd() <= BEAT, () -> state + " for too long");
    }

    void atTheEnd() {
        Map<BreakerState, Long> expected = new EnumMap<>(past);
        expected.merge(state, world.elapsed() - since, Long::sum);
        Map<BreakerState, Long> told = new EnumMap<>(BreakerState.class);
        dependency.watch.breaker().timeInStates().forEach((s, lasted) -> told.put(s, lasted.toNanos()));
        TIME_ADDS_UP.holds(told.equals(expected), () -> told + " told, " + expected + " passed");
        long sum = told.values().stream().mapToLong(Long::longValue).sum();
        TIME_ADDS_UP.holds(sum == world.elapsed() - begun, () -> sum + " ns of " + (world.elapsed() - begun));
    }
}

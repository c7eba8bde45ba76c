package dev.mooring.spring.metrics;

import static dev.mooring.breaker.BreakerState.BYPASSED;
import static dev.mooring.breaker.BreakerState.CLOSED;
import static dev.mooring.breaker.BreakerState.FORCED_OPEN;
import static dev.mooring.breaker.BreakerState.OPEN;
import static dev.mooring.breaker.BreakerState.RECOVERING;

import dev.mooring.breaker.BreakerState;
import dev.mooring.breaker.TransitionCause;
import java.util.ArrayList;
import java.util.List;

/**
 * A transition that a breaker can make. Each has a counter from the start, because an alert does not see the first increase of
 * a counter that did not exist before.
 */
record LegalMove(BreakerState from, BreakerState to, TransitionCause cause) {
    static final List<LegalMove> ALL = all();

    private static List<LegalMove> all() {
        List<LegalMove> all = new ArrayList<>(List.of(
                new LegalMove(CLOSED, OPEN, TransitionCause.CONSECUTIVE_FAILURES),
                new LegalMove(CLOSED, OPEN, TransitionCause.FAILURE_RATE),
                new LegalMove(CLOSED, OPEN, TransitionCause.SILENCE),
                new LegalMove(CLOSED, OPEN, TransitionCause.PERMANENT_FAILURE),
                new LegalMove(CLOSED, OPEN, TransitionCause.UNPREPARED),
                new LegalMove(OPEN, CLOSED, TransitionCause.PROBE_SUCCEEDED),
                new LegalMove(OPEN, RECOVERING, TransitionCause.PROBE_SUCCEEDED),
                new LegalMove(OPEN, RECOVERING, TransitionCause.PAUSE_OVER),
                new LegalMove(RECOVERING, CLOSED, TransitionCause.ENOUGH_SUCCESSES),
                new LegalMove(RECOVERING, OPEN, TransitionCause.RECOVERY_FAILED),
                new LegalMove(FORCED_OPEN, OPEN, TransitionCause.EXPIRED),
                new LegalMove(BYPASSED, OPEN, TransitionCause.EXPIRED)));
        for (BreakerState from : BreakerState.values()) {
            for (BreakerState to : List.of(CLOSED, FORCED_OPEN, BYPASSED)) {
                all.add(new LegalMove(from, to, TransitionCause.OPERATOR));
            }
        }
        return List.copyOf(all);
    }
}

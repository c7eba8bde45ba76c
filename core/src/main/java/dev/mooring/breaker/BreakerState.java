package dev.mooring.breaker;

import dev.mooring.failure.Coded;

/** The state of a circuit breaker. */
public enum BreakerState implements Coded {
    /** Calls are admitted. */
    CLOSED,
    /** Calls are refused at once. */
    OPEN,
    /** Half-open: calls are let in by growing steps. */
    RECOVERING,
    /** An operator refuses all calls, until an expiry. */
    FORCED_OPEN,
    /** An operator admits all calls; outcomes are still measured. */
    BYPASSED
}

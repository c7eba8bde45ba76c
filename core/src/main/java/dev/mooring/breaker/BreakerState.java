package dev.mooring.breaker;

import dev.mooring.failure.Coded;

/** The state of a circuit breaker. */
public enum BreakerState implements Coded {
    /** Admits calls. */
    CLOSED,
    /** Refuses calls immediately. */
    OPEN,
    /** Half-open: lets calls in by growing steps. */
    RECOVERING,
    /** An operator refuses all calls, until an expiry. */
    FORCED_OPEN,
    /** An operator admits all calls; outcomes are still measured. */
    BYPASSED
}

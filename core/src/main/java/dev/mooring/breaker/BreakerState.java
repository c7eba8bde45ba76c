package dev.mooring.breaker;

import java.util.Locale;

/** The state of a circuit breaker. */
public enum BreakerState {
    /** Calls are admitted. */
    CLOSED,
    /** Calls are refused at once. */
    OPEN,
    /** Half-open: calls are let in by growing steps. */
    RECOVERING,
    /** An operator refuses all calls, until an expiry. */
    FORCED_OPEN,
    /** An operator admits all calls; outcomes are still measured. */
    BYPASSED;

    /** The name in bodies, metrics and logs. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}

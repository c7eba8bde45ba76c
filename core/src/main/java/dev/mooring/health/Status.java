package dev.mooring.health;

import dev.mooring.failure.Coded;

/** The status of one dependency, as health reports it. */
public enum Status implements Coded {
    /** It answers and nothing is wrong. */
    UP,
    /** It works, with a finding. */
    DEGRADED,
    /** It does not work. */
    DOWN,
    /** It answers again, and the breaker lets calls back in by steps. */
    RECOVERING,
    /** Nothing is known: no evidence yet, none since an operator closed the breaker in an outage, or the supervisor is stalled. */
    UNKNOWN,
    /** Switched off by a setting. */
    DISABLED
}

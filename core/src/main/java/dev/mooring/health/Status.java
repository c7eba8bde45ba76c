package dev.mooring.health;

import dev.mooring.failure.Coded;

/** What is told outside about one dependency. */
public enum Status implements Coded {
    /** It answers and nothing is wrong. */
    UP,
    /** It works, with a finding. */
    DEGRADED,
    /** It does not work. */
    DOWN,
    /** It answers again and calls are let back in by steps. */
    RECOVERING,
    /** Nothing is known: no evidence yet, or the supervisor is stalled. Never shown as well. */
    UNKNOWN,
    /** Switched off by a setting. */
    DISABLED
}

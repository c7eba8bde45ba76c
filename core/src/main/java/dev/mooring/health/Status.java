package dev.mooring.health;

import java.util.Locale;

/** What is told outside about one dependency. */
public enum Status {
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
    DISABLED;

    /** The name in bodies, metrics and logs. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}

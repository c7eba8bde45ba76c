package dev.mooring.supervision;

import java.time.Duration;

/**
 * When a dependency is asked.
 *
 * @param interval the pause between probes in normal operation; 100 ms to 1 min and at most half the timeout, default 2 s
 * @param timeout how long a dependency may be silent before it is down, from its last good evidence; 200 ms to 10 min, default
 *     10 s
 */
public record ProbeTiming(Duration interval, Duration timeout) {
    /** After a first failure, and while recovering: a refusal convicts in about a second. */
    static final Duration SUSPICIOUS = Duration.ofMillis(200);
    /** While the breaker is open. */
    static final Duration OPEN = Duration.ofMillis(500);
    /** While somebody has to change something, so that no account is locked by our asking. */
    public static final Duration PERMANENT = Duration.ofSeconds(5);
    /** Between fresh log-ins beside a session that answers: a session proves neither log-in nor name resolution. */
    static final Duration LOG_IN = Duration.ofSeconds(60);
    /** After this long without an answer another probe is tried beside. */
    static final Duration BESIDE = Duration.ofSeconds(1);
    /** How long a fresh probe may take to connect. */
    static final Duration CONNECT = Duration.ofSeconds(1);

    public ProbeTiming {
        require(between(interval, Duration.ofMillis(100), Duration.ofMinutes(1)), "interval must be 100 ms to 1 min");
        require(between(timeout, Duration.ofMillis(200), Duration.ofMinutes(10)), "timeout must be 200 ms to 10 min");
        require(interval.multipliedBy(2).compareTo(timeout) <= 0, "interval must be at most half the timeout");
    }

    /** The defaults. */
    public ProbeTiming() {
        this(Duration.ofSeconds(2), Duration.ofSeconds(10));
    }

    private static boolean between(Duration value, Duration least, Duration most) {
        return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}

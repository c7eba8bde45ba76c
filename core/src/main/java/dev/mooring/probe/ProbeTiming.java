package dev.mooring.probe;

import java.time.Duration;

/**
 * When the supervisor probes a dependency.
 *
 * @param interval the pause between probes in normal operation; 100 ms to 1 min and at most half the timeout, default 2 s
 * @param timeout how long a dependency may be silent before it is down, from its last good evidence; 200 ms to 10 min, default 10 s
 */
public record ProbeTiming(Duration interval, Duration timeout) {
    /** The pause between probes after a permanent failure, because more frequent ones could lock an account. */
    public static final Duration PERMANENT = Duration.ofSeconds(5);

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

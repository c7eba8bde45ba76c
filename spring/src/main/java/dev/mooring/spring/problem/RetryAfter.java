package dev.mooring.spring.problem;

import java.time.Duration;

/** The wait before a repeated request, as the header {@code Retry-After} and the members {@code retry_after_seconds} give it. */
public final class RetryAfter {
    private static final Duration ALMOST_A_SECOND = Duration.ofNanos(999_999_999);

    private RetryAfter() {}

    /** Whole seconds, rounded up, at least 1: a client that waits them never comes too early. */
    public static long seconds(Duration wait) {
        return Math.max(1, wait.plus(ALMOST_A_SECOND).toSeconds());
    }
}

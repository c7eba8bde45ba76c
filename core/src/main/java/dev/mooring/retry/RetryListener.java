package dev.mooring.retry;

import dev.mooring.failure.FailureKind;
import java.time.Duration;
import java.util.Optional;

/** Is told of each failed attempt, on the thread that tries. */
@FunctionalInterface
public interface RetryListener {
    /**
     * An attempt failed.
     *
     * @param attempt which one, from 1
     * @param attempts how many there are at most
     * @param error what it threw
     * @param kind what kind of failure that is
     * @param next the wait before the next attempt, or empty when this was the last
     */
    void failed(int attempt, int attempts, Exception error, Optional<FailureKind> kind, Optional<Duration> next);
}

package dev.mooring.retry;

import dev.mooring.failure.FailureKind;
import java.time.Duration;
import java.util.Optional;

/** Receives each failed attempt, on the thread that retries. */
@FunctionalInterface
public interface RetryListener {
    /**
     * An attempt failed.
     *
     * @param attempt its number, from 1
     * @param attempts how many there are at most
     * @param error what it threw
     * @param kind what kind of failure that is
     * @param next the wait before the next attempt, or empty when this was the last
     */
    void failed(int attempt, int attempts, Exception error, Optional<FailureKind> kind, Optional<Duration> next);
}

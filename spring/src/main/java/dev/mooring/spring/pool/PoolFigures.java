package dev.mooring.spring.pool;

import java.time.Duration;
import java.util.Optional;

/**
 * A connection pool at one moment.
 *
 * @param active connections in use
 * @param idle connections ready
 * @param waiting callers that wait for a connection
 * @param max most connections that the pool opens
 * @param acquire a moving average of the recent waits for a connection; empty where the pool does not measure it
 */
public record PoolFigures(int active, int idle, int waiting, int max, Optional<Duration> acquire) {
    private static final double NANOS_OF_A_HUNDREDTH = 10_000.0;

    /** The average wait in milliseconds, to two decimals. */
    public Optional<Double> acquireMillis() {
        return acquire.map(wait -> Math.round(wait.toNanos() / NANOS_OF_A_HUNDREDTH) / 100.0);
    }
}

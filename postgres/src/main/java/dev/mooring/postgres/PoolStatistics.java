package dev.mooring.postgres;

import java.time.Duration;

/**
 * The pool at one moment.
 *
 * @param active connections in use
 * @param idle connections ready
 * @param waiting callers that wait for a connection
 * @param max most connections that the pool opens
 * @param acquire a moving average of the recent waits for a connection
 */
public record PoolStatistics(int active, int idle, int waiting, int max, Duration acquire) {}

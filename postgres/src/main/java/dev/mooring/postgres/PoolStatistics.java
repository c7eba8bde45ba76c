package dev.mooring.postgres;

import java.time.Duration;

/**
 * The pool at one moment.
 *
 * @param active connections in use
 * @param idle connections ready
 * @param waiting callers that wait for one
 * @param max connections at most
 * @param acquire how long callers waited lately, as a moving average
 */
public record PoolStatistics(int active, int idle, int waiting, int max, Duration acquire) {}

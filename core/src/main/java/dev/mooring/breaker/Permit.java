package dev.mooring.breaker;

import dev.mooring.failure.Failure;

/**
 * The right to make one call. Report once how the call ended. When the breaker has moved on meanwhile, it counts the report and
 * does not act on it.
 *
 * <p>A permit without a report costs nothing while the breaker is closed. While the breaker recovers, it frees its place after 30 s
 * and counts as neither success nor failure. Thread-safe.
 */
public sealed interface Permit permits Closed, Bypassed, TrialPermit {
    /** Reports that the call succeeded. */
    void success();

    /** Reports that the call failed by the dependency's fault. */
    void failure(Failure failure);

    /** Reports that the call says nothing about the dependency: it was cancelled, or its request was wrong. */
    void ignore();
}

package dev.mooring.breaker;

import dev.mooring.failure.Failure;

/**
 * Leave to make one call. Say once how the call ended; what is said after the breaker moved on is counted and not obeyed.
 *
 * <p>A permit that is never returned costs nothing while the breaker is closed; while it recovers it frees its place after 30 s
 * and counts as neither success nor failure. Thread-safe.
 */
public sealed interface Permit permits Closed, Bypassed, TrialPermit {
    /** The call succeeded. */
    void success();

    /** The call failed, and it was the dependency's fault. */
    void failure(Failure failure);

    /** The call ended without saying anything about the dependency: cancelled, or wrong by itself. */
    void ignore();
}

package dev.mooring.breaker;

import dev.mooring.failure.Failure;

/**
 * Receives what happens to a breaker. The breaker calls it on the threads of callers, in the middle of a call: it must return at
 * once.
 */
public interface BreakerOwner {
    /** A call failed. */
    void suspected(Failure failure);

    /** The breaker moved. */
    void moved(BreakerMove move);
}

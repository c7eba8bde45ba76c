package dev.mooring.breaker;

import dev.mooring.failure.Failure;

/** Who watches over a breaker. Called on the threads of callers, in the middle of a call: must return at once. */
public interface BreakerOwner {
    /** A call failed. */
    void suspected(Failure failure);

    /** The breaker moved. */
    void moved(BreakerMove move);
}

package dev.mooring.breaker;

import dev.mooring.breaker.BreakerSettings.FailureRate;
import java.util.BitSet;

/** The outcomes of the last n calls, one bit each. Used only where a failure rate is set, because it costs a lock on each call. */
final class OutcomeWindow {
    private final int calls;
    private final double share;
    /** Guarded by this, as the two counters below. */
    private final BitSet failed;

    private int recorded;
    private int failures;

    OutcomeWindow(FailureRate rate) {
        this.calls = rate.calls();
        this.share = rate.share();
        this.failed = new BitSet(calls);
    }

    /** Adds one outcome; true when the window is full and the share of failures has reached the limit. */
    synchronized boolean record(boolean failure) {
        int slot = recorded % calls;
        if (recorded >= calls && failed.get(slot)) {
            failures--;
        }
        failed.set(slot, failure);
        if (failure) {
            failures++;
        }
        recorded = recorded + 1 < 2 * calls ? recorded + 1 : calls;
        return recorded >= calls && failures >= share * calls;
    }
}

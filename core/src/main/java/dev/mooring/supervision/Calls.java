package dev.mooring.supervision;

import dev.mooring.breaker.Breaker;
import dev.mooring.breaker.BreakerState;
import dev.mooring.breaker.BreakerView;

/** Reads the evidence of calls, which is all that there is where a dependency has no probe. Used on the supervisor's thread. */
final class Calls {
    private final Breaker breaker;
    private final Evidence evidence;
    private BreakerState seen = BreakerState.CLOSED;

    /** Successes that were counted before an operator gave the dependency a clean start. */
    private long countedBefore;

    Calls(Breaker breaker, Evidence evidence) {
        this.breaker = breaker;
        this.evidence = evidence;
        this.countedBefore = breaker.counts().succeeded();
    }

    /** As long as no call failed since the last success, nothing is wrong. */
    void listen(long now) {
        BreakerView view = breaker.view();
        boolean byOrder =
                view.state() == BreakerState.CLOSED && (seen == BreakerState.OPEN || seen == BreakerState.FORCED_OPEN);
        if (byOrder) {
            countedBefore = breaker.counts().succeeded();
        }
        seen = view.state();
        if (seen == BreakerState.CLOSED && view.failuresInARow() == 0) {
            evidence.quiet(now);
        }
    }

    /** Whether a call succeeded since counts began. */
    boolean isHeardOf() {
        return breaker.counts().succeeded() > countedBefore;
    }
}

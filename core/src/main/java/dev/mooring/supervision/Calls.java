package dev.mooring.supervision;

import dev.mooring.breaker.Breaker;
import dev.mooring.breaker.BreakerState;
import dev.mooring.breaker.BreakerView;

/** Reads the evidence of calls for a dependency without a probe, which has no other. Used on the supervisor's thread. */
final class Calls {
    private final Breaker breaker;
    private final Evidence evidence;
    private BreakerState seen = BreakerState.CLOSED;

    /** How many calls had succeeded when an operator closed the breaker; they count no longer. */
    private long countedBefore;

    Calls(Breaker breaker, Evidence evidence) {
        this.breaker = breaker;
        this.evidence = evidence;
        this.countedBefore = breaker.counts().succeeded();
    }

    /** Takes it as good evidence when no call failed since the last success. */
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

    /** Whether a call succeeded since supervision began, or since an operator closed the breaker. */
    boolean isHeardOf() {
        return breaker.counts().succeeded() > countedBefore;
    }
}

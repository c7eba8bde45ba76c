package dev.mooring.breaker;

/**
 * Takes the acts of operators on one breaker. An act holds until it expires or the next one comes, whatever the evidence says. It
 * holds in this process only, and ends with it. A dependency that is switched off, or whose supervision has not begun or has ended,
 * obeys no act. Thread-safe; never waits.
 */
public final class OperatorControl {
    private final Breaker breaker;

    OperatorControl(Breaker breaker) {
        this.breaker = breaker;
    }

    /** Refuses all calls, for example while the dependency is being upgraded: {@code FORCED_OPEN}. */
    public void open(OperatorAct act) {
        breaker.order(present -> new ForcedOpen(breaker, act));
    }

    /** Admits all calls, for example because the operator knows better than the probe: {@code BYPASSED}. */
    public void bypass(OperatorAct act) {
        breaker.order(present -> new Bypassed(breaker, act));
    }

    /**
     * Ends the act in force and admits calls: {@code CLOSED}. From then on the evidence decides, and may open the breaker again. In
     * an outage the status is {@code unknown} until the next answer. Failed recoveries still count: a dependency that falls again
     * soon has to prove more.
     */
    public void close() {
        breaker.order(present -> new Closed(breaker, present.failedRecoveries()));
    }

    /** As {@link #close}, and forgets the failed recoveries. */
    public void reset() {
        breaker.order(present -> new Closed(breaker, 0));
    }
}

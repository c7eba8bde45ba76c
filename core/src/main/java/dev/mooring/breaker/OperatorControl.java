package dev.mooring.breaker;

/**
 * What an operator may do with one breaker. The operator outranks the machine: an act holds until it expires or the next one,
 * whatever the evidence. This process alone knows it, and forgets it when it ends. A dependency that is switched off or that nothing
 * supervises obeys no act. Thread-safe; never waits.
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
     * Ends what is in force and admits calls: {@code CLOSED}, given back to the evidence, which may open it again. Recoveries that
     * failed before are remembered as after a recovery: one that falls again soon has to prove more.
     */
    public void close() {
        breaker.order(present -> new Closed(breaker, present.failedRecoveries()));
    }

    /** As {@link #close}, and forgets the recoveries that failed: as if the dependency had never been away. */
    public void reset() {
        breaker.order(present -> new Closed(breaker, 0));
    }
}

package dev.mooring.breaker;

/**
 * Takes the acts of operators on one breaker. An act stays in force until it expires or the next act comes, whatever the evidence says.
 * An act is in force only in this process and is lost when the process ends; the operations module spreads it to all instances. Where the
 * dependency is switched off or not supervised, these methods do nothing. Thread-safe; never waits.
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

    /** Does what {@link #close} does, and sets the number of failed recoveries to zero. */
    public void reset() {
        breaker.order(present -> new Closed(breaker, 0));
    }
}

package dev.mooring.breaker;

import dev.mooring.failure.Failure;

/** An operator admits all calls, whatever the evidence; outcomes are still counted. */
final class Bypassed extends Ordered implements Permit {
    Bypassed(Breaker breaker, OperatorAct act) {
        super(breaker, act);
    }

    @Override
    BreakerState name() {
        return BreakerState.BYPASSED;
    }

    @Override
    Permit admit() {
        return this;
    }

    @Override
    Permit tryAdmit() {
        return this;
    }

    @Override
    public void success() {
        breaker.counters().succeeded();
    }

    @Override
    public void failure(Failure failure) {
        breaker.failedElsewhere(failure);
    }

    @Override
    public void ignore() {
        breaker.counters().ignored();
    }
}

package dev.mooring.breaker;

import dev.mooring.failure.Failure;
import java.time.Duration;

/** An operator admits all calls, whatever the evidence; outcomes are still counted. */
final class Bypassed extends State implements Permit {
    private final OperatorAct act;
    private final long expires;

    Bypassed(Breaker breaker, OperatorAct act) {
        super(breaker);
        this.act = act;
        this.expires = breaker.time().nanos() + act.lasts().toNanos();
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

    @Override
    long tick(long now) {
        if (expires - now <= 0) {
            breaker.expire(this);
            return 0;
        }
        return expires - now;
    }

    OperatorAct act() {
        return act;
    }

    @Override
    Duration retryAfter() {
        return until(expires);
    }
}

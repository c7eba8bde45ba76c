package dev.mooring.breaker;

import java.time.Duration;

/** What an operator ordered is in force: no evidence moves it, only another order or its end. */
abstract sealed class Ordered extends State permits ForcedOpen, Bypassed {
    private final OperatorAct act;
    private final long expires;

    Ordered(Breaker breaker, OperatorAct act) {
        super(breaker);
        this.act = act;
        this.expires = breaker.time().nanos() + act.lasts().toNanos();
    }

    final OperatorAct act() {
        return act;
    }

    @Override
    final long tick(long now) {
        if (expires - now <= 0) {
            breaker.expire(this);
            return 0;
        }
        return expires - now;
    }

    @Override
    final Duration retryAfter() {
        return until(expires);
    }
}

package dev.mooring.breaker;

import dev.mooring.failure.Failure;
import java.time.Duration;
import java.util.Optional;

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
    final Optional<OperatorAct> order() {
        return Optional.of(act);
    }

    /** The failure that decides what comes after the act: the word of the probe, or what the state saw itself. */
    Optional<Failure> convicting(Optional<Failure> byProbe) {
        return byProbe;
    }

    @Override
    final long tick(long now, Optional<Failure> convicting) {
        if (expires - now <= 0) {
            breaker.expire(this, convicting(convicting));
            return 0;
        }
        return expires - now;
    }

    @Override
    final Duration retryAfter() {
        return until(expires);
    }
}

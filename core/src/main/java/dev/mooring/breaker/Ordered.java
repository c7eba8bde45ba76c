package dev.mooring.breaker;

import dev.mooring.failure.Failure;
import java.time.Duration;
import java.util.Optional;

/** An operator's act is in force. Only its expiry or another act moves the breaker; evidence does not. */
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

    /** The failure that decides which state follows the act: that of the probe, or one that this state saw itself. */
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

package dev.mooring.breaker;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An operator refuses all calls, until the act expires. */
final class ForcedOpen extends State {
    private final OperatorAct act;
    private final long expires;

    ForcedOpen(Breaker breaker, OperatorAct act) {
        super(breaker);
        this.act = act;
        this.expires = breaker.time().nanos() + act.lasts().toNanos();
    }

    @Override
    BreakerState name() {
        return BreakerState.FORCED_OPEN;
    }

    @Override
    Permit admit() {
        throw refusal();
    }

    @Override
    @Nullable
    Permit tryAdmit() {
        return refuse();
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
    String what() {
        return "it was forced open by " + act.actor() + " (\"" + act.reason() + "\")";
    }

    @Override
    Duration retryAfter() {
        return until(expires);
    }
}

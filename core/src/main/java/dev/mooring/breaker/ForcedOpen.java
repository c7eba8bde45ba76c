package dev.mooring.breaker;

import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** An operator refuses all calls, until the act expires. */
final class ForcedOpen extends Ordered {
    ForcedOpen(Breaker breaker, OperatorAct act) {
        super(breaker, act);
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
    String what() {
        return "it was forced open by " + act().actor() + " (\"" + act().reason() + "\")";
    }

    @Override
    String because() {
        return "; the order ends at " + since().plus(act().lasts()).truncatedTo(ChronoUnit.SECONDS);
    }
}

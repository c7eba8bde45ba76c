package dev.mooring.breaker;

import dev.mooring.failure.Failure;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An operator admits all calls, whatever the evidence; outcomes are still counted. */
final class Bypassed extends Ordered implements Permit {
    /** Failures since the last success; a success may overwrite a failure of the same instant. */
    private final AtomicInteger failures = new AtomicInteger();

    /** The last failure of a call; written by callers, read by the supervisor when the act expires. */
    private volatile @Nullable Failure lastFailure;

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
    int failuresInARow() {
        return failures.get();
    }

    /** Without a probe, the calls during the bypass decide what follows it. */
    @Override
    Optional<Failure> convicting(Optional<Failure> byProbe) {
        boolean failing =
                !breaker.isProbed() && failures.get() >= breaker.settings().failures();
        return failing ? Optional.ofNullable(lastFailure) : byProbe;
    }

    @Override
    public void success() {
        breaker.counters().succeeded();
        if (failures.get() != 0) {
            failures.set(0);
        }
    }

    @Override
    public void failure(Failure failure) {
        lastFailure = failure;
        failures.incrementAndGet();
        breaker.failedElsewhere(failure);
    }

    @Override
    public void ignore() {
        breaker.counters().ignored();
    }
}

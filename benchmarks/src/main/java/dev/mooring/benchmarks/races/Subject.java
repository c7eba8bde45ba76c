package dev.mooring.benchmarks.races;

import dev.mooring.breaker.Breaker;
import dev.mooring.breaker.BreakerControl;
import dev.mooring.breaker.BreakerMove;
import dev.mooring.breaker.BreakerOwner;
import dev.mooring.breaker.BreakerSettings;
import dev.mooring.breaker.OperatorAct;
import dev.mooring.breaker.Permit;
import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import dev.mooring.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A breaker without a probe, on a clock that stands still, which opens at the first failure. */
class Subject implements BreakerOwner {
    static final Failure FAILURE = new Failure(FailureKind.CONNECTION_REFUSED, "Connection refused", Instant.EPOCH);
    static final OperatorAct ACT = new OperatorAct("ops", "drill", Duration.ofMinutes(1));
    private static final long LEASE = Duration.ofSeconds(30).toNanos();
    private static final Time STANDSTILL = Time.of(() -> Instant.EPOCH, () -> 0);

    final AtomicInteger moves = new AtomicInteger();
    final BreakerControl control =
            BreakerControl.of("backend", new BreakerSettings().failures(1), false, 4, Duration.ZERO, STANDSTILL, this);
    final Breaker breaker = control.breaker();

    Subject() {
        control.attach();
    }

    /** Opens the breaker and lets the pause pass, so that it admits one trial call. */
    void recovering() {
        breaker.acquire().failure(FAILURE);
        control.tick(Duration.ofMinutes(1).toNanos());
    }

    void leasesEnd() {
        control.tick(LEASE);
    }

    /** How many of five calls get a permit now. */
    int admitted() {
        int admitted = 0;
        for (int i = 0; i < 5; i++) {
            Permit permit = breaker.tryAcquire();
            admitted += permit == null ? 0 : 1;
        }
        return admitted;
    }

    static int given(@Nullable Permit permit) {
        return permit == null ? 0 : 1;
    }

    @Override
    public void suspected(Failure failure) {}

    @Override
    public void moved(BreakerMove move) {
        moves.incrementAndGet();
    }
}

package dev.mooring.benchmarks.peers;

import dev.mooring.breaker.Breaker;
import dev.mooring.breaker.BreakerControl;
import dev.mooring.breaker.BreakerMove;
import dev.mooring.breaker.BreakerOwner;
import dev.mooring.breaker.BreakerSettings;
import dev.mooring.breaker.BreakerState;
import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import dev.mooring.testing.time.ManualTime;
import dev.mooring.time.Time;
import java.time.Duration;

/** Our breaker with the defaults, without a probe, on a clock that the test moves. */
final class OurBreaker implements BreakerOwner {
    private final ManualTime clock = new ManualTime();
    private final Time time = Time.of(clock.wall(), clock.monotonic());
    private final BreakerControl control =
            BreakerControl.of("backend", new BreakerSettings(), false, 8, Duration.ofSeconds(2), time, this);

    OurBreaker() {
        control.attach();
    }

    BreakerControl control() {
        return control;
    }

    Breaker breaker() {
        return control.breaker();
    }

    BreakerState state() {
        return breaker().view().state();
    }

    Failure failure() {
        return new Failure(FailureKind.CONNECTION_REFUSED, "Connection refused", time.now());
    }

    void open() {
        for (int i = 0; i < 5; i++) {
            breaker().acquire().failure(failure());
        }
    }

    void openAndPause() {
        open();
        pass(Duration.ofSeconds(6));
    }

    void pass(Duration howLong) {
        clock.advance(howLong);
        control.tick(time.nanos());
    }

    @Override
    public void suspected(Failure failure) {}

    @Override
    public void moved(BreakerMove move) {}
}

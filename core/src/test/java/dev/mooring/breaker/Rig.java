package dev.mooring.breaker;

import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import dev.mooring.testing.time.ManualTime;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A breaker on a manual clock, and what its owner received. */
final class Rig implements BreakerOwner {
    final ManualTime clock = new ManualTime();
    final Time time = Time.of(clock.wall(), clock.monotonic());
    final List<BreakerMove> moves = new CopyOnWriteArrayList<>();
    final List<Failure> suspicions = new CopyOnWriteArrayList<>();
    final BreakerControl control;
    final Breaker breaker;

    private Rig(BreakerSettings settings, boolean probed, int capacity) {
        control = BreakerControl.of("ranking", settings, probed, capacity, Duration.ofSeconds(2), time, this);
        breaker = control.breaker();
        control.attach();
    }

    static Rig unprobed(BreakerSettings settings) {
        return new Rig(settings, false, 8);
    }

    static Rig probed() {
        Rig rig = new Rig(new BreakerSettings(), true, 8);
        rig.control.verified();
        return rig;
    }

    @Override
    public void suspected(Failure failure) {
        suspicions.add(failure);
    }

    @Override
    public void moved(BreakerMove move) {
        moves.add(move);
    }

    BreakerState state() {
        return breaker.view().state();
    }

    Failure failure() {
        return new Failure(FailureKind.CONNECTION_REFUSED, "Connection refused", time.now());
    }

    void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.acquire().failure(failure());
        }
    }

    void succeed(int times) {
        for (int i = 0; i < times; i++) {
            breaker.acquire().success();
        }
    }

    /** Opens by failures and lets the pause pass: the next call is a trial. */
    void openAndPause() {
        fail(breaker.settings().failures());
        pauseOver();
    }

    void pauseOver() {
        clock.advance(breaker.view().retryAfter().orElseThrow());
        control.tick(time.nanos());
    }

    void convict() {
        control.convict(TransitionCause.SILENCE, " after no answer for 10.0 s", failure());
    }
}

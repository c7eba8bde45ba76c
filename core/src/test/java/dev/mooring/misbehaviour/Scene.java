package dev.mooring.misbehaviour;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** What a callback of one test finds when it is called. Thread-safe. */
final class Scene {
    final AtomicBoolean well = new AtomicBoolean(true);
    final AtomicBoolean behaves = new AtomicBoolean();
    final AtomicInteger misbehaved = new AtomicInteger();
    private final CountDownLatch release = new CountDownLatch(1);
    private final Misbehaviour way;

    Scene(Misbehaviour way) {
        this.way = way;
    }

    boolean isWell() {
        return well.get();
    }

    void misbehave() {
        if (!behaves.get()) {
            misbehaved.incrementAndGet();
            way.act(release);
        }
    }

    /** Hangs until the test releases it, whatever the misbehaviour is. */
    void hang() {
        Misbehaviour.BLOCKS.act(release);
    }

    void letGo() {
        release.countDown();
    }
}

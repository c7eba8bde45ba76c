package dev.mooring.postgres;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The places of a pool: one for each of its connections. Callers wait for a place and not for a connection, because HikariCP has one limit
 * for all waits and counts each wait that ends. Who waits longest comes first. At most 10,000 callers wait: a bound against a hang, which no
 * burst reaches. Thread-safe.
 */
final class Places {
    private static final int MOST_WAITING = 10_000;

    private final Resizable free;
    private final AtomicInteger waiting = new AtomicInteger();

    /** How many places there are. Guarded by this. */
    private int size;

    Places(int size) {
        this.size = size;
        this.free = new Resizable(size);
    }

    private static final class Resizable extends Semaphore {
        private static final long serialVersionUID = 1;

        Resizable(int permits) {
            super(permits, true);
        }

        void shrink(int by) {
            reducePermits(by);
        }
    }

    /** Takes a place, and waits {@code part} at most; false when none came free. */
    boolean take(Duration part) throws InterruptedException {
        waiting.incrementAndGet();
        try {
            return free.tryAcquire(part.toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            waiting.decrementAndGet();
        }
    }

    /** Gives a place back; once for each that was taken. */
    void giveBack() {
        free.release();
    }

    /** Whether as many callers wait as may wait. */
    boolean areCrowded() {
        return waiting.get() >= MOST_WAITING;
    }

    int waiting() {
        return waiting.get();
    }

    /** The pool has that many connections from now on. */
    synchronized void resize(int to) {
        if (to > size) {
            free.release(to - size);
        } else {
            free.shrink(size - to);
        }
        size = to;
    }
}

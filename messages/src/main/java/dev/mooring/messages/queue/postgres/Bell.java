package dev.mooring.messages.queue.postgres;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes the threads that wait for a message. A thread that looks after it has read {@link #rung} misses no ring. Thread-safe. */
final class Bell {
    /** Guards the number of rings. */
    private final Lock lock = new ReentrantLock();

    private final Condition again = lock.newCondition();
    private long rings;

    /** How often it rang. */
    long rung() {
        lock.lock();
        try {
            return rings;
        } finally {
            lock.unlock();
        }
    }

    void ring() {
        lock.lock();
        try {
            rings++;
            again.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it has rung more often than that, or until {@code limit} has passed. */
    void await(long heard, Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lockInterruptibly();
        try {
            while (rings == heard && left > 0) {
                left = again.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}

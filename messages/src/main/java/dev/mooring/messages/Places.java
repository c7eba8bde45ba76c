package dev.mooring.messages;

import dev.mooring.thread.BackgroundLoop;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of one relay. Who has taken a place may run one piece of work, which finds a free thread. Thread-safe. */
final class Places {
    private static final long IDLE_SECONDS = 10;

    private final Semaphore free;
    private final ThreadPoolExecutor threads;
    private final int most;

    /** @param name the beginning of the threads' names */
    Places(int most, String name) {
        this.most = most;
        this.free = new Semaphore(most);
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                most,
                most,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(most),
                work -> BackgroundLoop.daemon(name + "-" + number.incrementAndGet(), work));
        threads.allowCoreThreadTimeOut(true);
    }

    /** Takes as many places as are free; the number of them. */
    int takeAll() {
        return free.drainPermits();
    }

    /** Takes a place if one is free. */
    boolean takeOne() {
        return free.tryAcquire();
    }

    /** Gives places back. */
    void release(int places) {
        free.release(places);
    }

    /** Runs {@code work} in a place that the caller took, then gives the place back and runs {@code then}. */
    void run(Runnable work, Runnable then) {
        threads.execute(() -> {
            try {
                work.run();
            } finally {
                release(1);
                then.run();
            }
        });
    }

    /** Waits until all work has ended, and lets none begin; then interrupts the threads. False when {@code limit} passed first. */
    boolean end(Duration limit) {
        boolean all = false;
        try {
            all = free.tryAcquire(most, limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        threads.shutdownNow();
        return all;
    }
}

package dev.mooring.messages;

import dev.mooring.thread.BackgroundLoop;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of one relay, and room for work that waits for one of them. Who has taken a place may have work run until it gives the place
 * back. Thread-safe.
 */
final class Places {
    private static final long IDLE_SECONDS = 10;

    private final Semaphore free;
    private final ThreadPoolExecutor threads;
    private final int running;
    private final int most;

    /**
     * @param running how many threads there are
     * @param waiting how many places there are besides
     * @param name the beginning of the threads' names
     */
    Places(int running, int waiting, String name) {
        this.running = running;
        this.most = running + waiting;
        this.free = new Semaphore(most);
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                running,
                running,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(most),
                work -> BackgroundLoop.daemon(name + "-" + number.incrementAndGet(), work));
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Takes places of which {@code all} may be taken at the same time: the free ones where no more than the threads are. Of more it takes a
     * third at a time, so that a third is claimed while others are delivered and recorded; none where less is free, unless threads are idle.
     */
    int take(int all) {
        int part = Math.max(running, all / 3);
        while (true) {
            int taken = most - free.availablePermits();
            int wanted = Math.min(all - taken, part);
            if (wanted <= 0 || (taken >= running && wanted < part)) {
                return 0;
            }
            if (free.tryAcquire(wanted)) {
                return wanted;
            }
        }
    }

    /** Takes a place if a thread is free. */
    boolean takeOne() {
        return most - free.availablePermits() < running && free.tryAcquire();
    }

    /** Gives places back. */
    void release(int places) {
        free.release(places);
    }

    /** Runs {@code work}, or what is left of it, in a place that the caller took. */
    void run(Runnable work) {
        threads.execute(work);
    }

    /** Waits until all places are back, and lets none begin; then interrupts the threads. False when {@code limit} passed first. */
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

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
     * Takes places until {@code all} are taken; the number of those that it took. None while all threads have work and more than the half
     * is taken, so that who asks at the end of each piece of work gets many places at a time.
     */
    int take(int all) {
        while (true) {
            int taken = most - free.availablePermits();
            int wanted = all - taken;
            if (wanted <= 0 || (taken >= running && taken > all / 2)) {
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

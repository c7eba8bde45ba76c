package dev.mooring.operations.authservice;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that ask the auth service: some for keys that are known, others for keys that are not. So a flood of unknown keys takes no
 * thread from the known ones. Thread-safe.
 */
final class Lanes implements AutoCloseable {
    /** Questions at the same time for keys that are known. */
    private static final int KNOWN = 4;
    /** Questions at the same time for keys that are not. */
    static final int UNKNOWN = 16;

    private static final int KNOWN_WAITING = 1_000;
    private static final int UNKNOWN_WAITING = 128;

    private final ThreadPoolExecutor known = lane("mooring-auth-known-", KNOWN, KNOWN_WAITING);
    private final ThreadPoolExecutor unknown = lane("mooring-auth-unknown-", UNKNOWN, UNKNOWN_WAITING);

    private static ThreadPoolExecutor lane(String name, int threads, int waiting) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor lane = new ThreadPoolExecutor(
                threads, threads, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(waiting), work -> {
                    Thread thread = new Thread(work, name + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        lane.allowCoreThreadTimeOut(true);
        return lane;
    }

    /** Runs work on one of the threads; false if all are busy and as much work waits as may wait. */
    boolean run(boolean forKnownKey, Runnable work) {
        try {
            (forKnownKey ? known : unknown).execute(work);
            return true;
        } catch (RejectedExecutionException full) {
            return false;
        }
    }

    /** Lets running questions end by their own time limit. */
    @Override
    public void close() {
        known.shutdownNow();
        unknown.shutdownNow();
    }
}

package dev.mooring.testing.load;

import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes calls at a constant rate until {@link #stop}, whether earlier calls have returned or not, as independent users do. The
 * duration of a call counts from the moment at which it was due, so that it includes the time in the queue.
 *
 * <p>At most 256 calls run at once and 10,000 more wait; beyond that a call fails with a {@link RejectedExecutionException}.
 * Thread-safe. Its threads are daemons with the names {@code mooring-load-…}.
 */
public final class SteadyLoad implements AutoCloseable {
    private static final int AT_ONCE = 256;
    private static final int WAITING = 10_000;
    private static final long LAST_CALLS_SECONDS = 30;

    private final Callable<?> call;
    private final long gapNanos;
    private final Queue<Sent> sent = new ConcurrentLinkedQueue<>();
    private final ThreadPoolExecutor callers;
    private final Thread clock;

    /** Volatile: {@link #stop} sets it once, the clock thread reads it. */
    private volatile boolean stopped;

    private SteadyLoad(int perSecond, Callable<?> call) {
        if (perSecond < 1 || perSecond > 10_000) {
            throw new IllegalArgumentException("perSecond must be 1 to 10000 but is " + perSecond);
        }
        this.call = call;
        this.gapNanos = Duration.ofSeconds(1).toNanos() / perSecond;
        this.callers = new ThreadPoolExecutor(
                AT_ONCE, AT_ONCE, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), threads());
        callers.allowCoreThreadTimeOut(true);
        this.clock = daemon(this::beat, "mooring-load-clock");
    }

    /** Starts {@code perSecond} calls a second (1 to 10,000) at once. */
    public static SteadyLoad of(int perSecond, Callable<?> call) {
        SteadyLoad load = new SteadyLoad(perSecond, call);
        load.clock.start();
        return load;
    }

    /**
     * Sends no more calls, waits for those in flight, and returns the outcome of all; a second call returns the same.
     *
     * @throws IllegalStateException if a call has not ended after 30 seconds
     */
    public LoadRecord stop() throws InterruptedException {
        stopped = true;
        clock.join();
        callers.shutdown();
        if (!callers.awaitTermination(LAST_CALLS_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(
                    callers.getActiveCount() + " calls have not ended after " + LAST_CALLS_SECONDS + " s");
        }
        return soFar();
    }

    /** The results of the calls that have ended so far. */
    public LoadRecord soFar() {
        return new LoadRecord(sent.stream().toList());
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }

    private void beat() {
        for (long due = System.nanoTime(); !stopped; due += gapNanos) {
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            long now = due;
            try {
                callers.execute(() -> make(now));
            } catch (RejectedExecutionException tooMany) {
                ended(now, Optional.of(tooMany));
            }
        }
    }

    private void make(long due) {
        try {
            call.call();
            ended(due, Optional.empty());
        } catch (Exception failed) {
            ended(due, Optional.of(failed));
        }
    }

    private void ended(long due, Optional<Exception> error) {
        sent.add(new Sent(due, Duration.ofNanos(System.nanoTime() - due), error));
    }

    private static ThreadFactory threads() {
        AtomicInteger number = new AtomicInteger();
        return work -> daemon(work, "mooring-load-" + number.incrementAndGet());
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}

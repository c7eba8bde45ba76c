package dev.mooring.messages.queue;

import dev.mooring.thread.BackgroundLoop;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads on which one consumer processes messages. {@link Lanes} bounds what waits for them. Thread-safe. */
final class HandlerThreads {
    private static final Logger LOG = LoggerFactory.getLogger(Consumer.class);
    private static final long IDLE_SECONDS = 10;

    private final ThreadPoolExecutor threads;

    /** @param name the beginning of the threads' names */
    HandlerThreads(int most, String name) {
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                most,
                most,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(most),
                work -> BackgroundLoop.daemon(name + "-" + number.incrementAndGet(), work));
        threads.allowCoreThreadTimeOut(true);
    }

    void run(Runnable work) {
        try {
            threads.execute(work);
        } catch (RejectedExecutionException ended) {
            LOG.debug("the consumer ended before it began with a message", ended);
        }
    }

    /** Waits until all work has ended, then interrupts the threads. False when {@code limit} passed first. */
    boolean end(Duration limit) {
        threads.shutdown();
        boolean all = false;
        try {
            all = threads.awaitTermination(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        threads.shutdownNow();
        return all;
    }
}

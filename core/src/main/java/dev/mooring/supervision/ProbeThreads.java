package dev.mooring.supervision;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads on which one dependency is asked, {@code mooring-probe-NAME-n}. Eight at most: three probes, a verification, a start
 * task, and a few that hang in a name resolution, which nothing can interrupt. When all hang, no probe begins, and silence
 * convicts.
 */
final class ProbeThreads implements ProbeRunner {
    private static final int MOST = 8;
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final ThreadPoolExecutor threads;

    ProbeThreads(String dependency) {
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                0, MOST, IDLE.toMillis(), TimeUnit.MILLISECONDS, new SynchronousQueue<>(), work -> {
                    Thread thread = new Thread(work, "mooring-probe-" + dependency + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    @Override
    public boolean begin(Runnable work) {
        try {
            threads.execute(work);
            return true;
        } catch (RejectedExecutionException full) {
            return false;
        }
    }

    @Override
    public void stop() {
        threads.shutdownNow();
    }
}

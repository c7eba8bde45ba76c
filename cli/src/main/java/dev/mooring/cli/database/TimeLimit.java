package dev.mooring.cli.database;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A limit for work that waits on another thread: when the time is over it runs what ends the wait. Thread-safe. */
final class TimeLimit implements AutoCloseable {
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Whether the time is over. Volatile: the limit's thread sets it once, the working thread reads it. */
    private volatile boolean over;

    /** Begins now. */
    TimeLimit(Duration limit, Runnable end) {
        Thread thread = new Thread(() -> watch(limit, end), "mooring-init-limit");
        thread.setDaemon(true);
        thread.start();
    }

    private void watch(Duration limit, Runnable end) {
        try {
            if (!closed.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                over = true;
                end.run();
            }
        } catch (InterruptedException ends) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isOver() {
        return over;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}

package dev.mooring.testing.proxy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts the proxy's threads, named and as daemons, and knows which of them still run. Thread-safe. */
final class ThreadRoster {
    private final String prefix;
    /** The threads that ran when the last one started; guarded by the lock of this object. */
    private final List<Thread> threads = new ArrayList<>();

    ThreadRoster(String prefix) {
        this.prefix = prefix;
    }

    synchronized void start(String name, Runnable work) {
        threads.removeIf(thread -> !thread.isAlive());
        Thread thread = new Thread(work, prefix + name);
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
    }

    /**
     * Waits at most this long for all threads, also those that start meanwhile, and returns the names of those that still run.
     */
    List<String> awaitEnd(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        List<Thread> left = running();
        try {
            while (!left.isEmpty() && deadline - System.nanoTime() > 0) {
                TimeUnit.NANOSECONDS.timedJoin(left.get(0), Math.max(1, deadline - System.nanoTime()));
                left = running();
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        return left.stream().map(Thread::getName).toList();
    }

    private synchronized List<Thread> running() {
        return threads.stream().filter(Thread::isAlive).toList();
    }
}

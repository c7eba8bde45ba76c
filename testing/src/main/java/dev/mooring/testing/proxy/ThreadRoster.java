package dev.mooring.testing.proxy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Starts the proxy's threads, named and as daemons, and knows which of them still run. */
final class ThreadRoster {
    private final String prefix;
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();

    ThreadRoster(String prefix) {
        this.prefix = prefix;
    }

    void start(String name, Runnable work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } finally {
                        running.remove(Thread.currentThread());
                    }
                },
                prefix + name);
        thread.setDaemon(true);
        running.add(thread);
        thread.start();
    }

    /** Waits at most this long for all threads and returns the names of those that are still there. */
    List<String> awaitEnd(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        try {
            for (Thread thread : running) {
                TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, deadline - System.nanoTime()));
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        return running.stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .sorted()
                .toList();
    }
}

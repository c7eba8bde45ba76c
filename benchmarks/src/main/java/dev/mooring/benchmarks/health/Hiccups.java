package dev.mooring.benchmarks.health;

import dev.mooring.thread.BackgroundLoop;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures how late this machine wakes a thread that runs a thousand times a second and does nothing. No server on the machine
 * can answer faster than that. After Gil Tene's jHiccup.
 */
final class Hiccups implements AutoCloseable {
    private static final long GAP = Duration.ofMillis(1).toNanos();

    private final ConcurrentLinkedQueue<Long> late = new ConcurrentLinkedQueue<>();
    private final Thread thread = BackgroundLoop.daemon("hiccups", this::measure);
    /** {@link #close} sets it, the thread reads it. */
    private volatile boolean over;

    Hiccups() {
        thread.start();
    }

    private void measure() {
        for (long due = System.nanoTime() + GAP; !over; due += GAP) {
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            late.add(System.nanoTime() - due);
        }
    }

    Latencies seen() {
        return Latencies.of(late);
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        thread.join();
    }
}

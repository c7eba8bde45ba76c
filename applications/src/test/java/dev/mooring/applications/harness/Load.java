package dev.mooring.applications.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/** Callers of an application's service, each of which makes one call after the other with a pause between. Thread-safe. */
public final class Load implements AutoCloseable {
    private static final long PAUSE_NANOS = Duration.ofMillis(250).toNanos();

    private final Running application;
    private final Queue<Call> ended = new ConcurrentLinkedQueue<>();
    private final List<Thread> callers = new ArrayList<>();

    /** Volatile: {@link #close} sets it once, the callers read it. */
    private volatile boolean over;

    Load(Running application, int number) {
        this.application = application;
        for (int index = 0; index < number; index++) {
            Thread caller = new Thread(this::use, "mooring-test-caller-" + index);
            caller.setDaemon(true);
            caller.start();
            this.callers.add(caller);
        }
    }

    /**
     * One call that has ended.
     *
     * @param began a reading of {@link System#nanoTime}
     */
    public record Call(long began, Duration took, boolean succeeded) {
        long end() {
            return began + took.toNanos();
        }
    }

    private void use() {
        while (!over) {
            long began = System.nanoTime();
            boolean succeeded = succeeds();
            ended.add(new Call(began, Duration.ofNanos(System.nanoTime() - began), succeeded));
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private boolean succeeds() {
        try {
            application.things().names();
            return true;
        } catch (RuntimeException refused) {
            return false;
        }
    }

    /** The calls that have ended and that began in this time. */
    public List<Call> between(long from, long to) {
        return ended.stream()
                .filter(one -> one.began() - from >= 0 && one.began() - to < 0)
                .toList();
    }

    /** Makes no more calls, and waits for those in flight. */
    @Override
    public void close() throws InterruptedException {
        over = true;
        for (Thread caller : callers) {
            caller.join();
        }
    }
}

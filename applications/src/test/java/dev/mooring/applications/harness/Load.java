package dev.mooring.applications.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/** Users of an application, each of whom sends one request after the other with a pause between. Thread-safe. */
public final class Load implements AutoCloseable {
    private static final long PAUSE_NANOS = Duration.ofMillis(250).toNanos();

    private final Running application;
    private final Queue<Request> ended = new ConcurrentLinkedQueue<>();
    private final List<Thread> users = new ArrayList<>();

    /** Volatile: {@link #close} sets it once, the users read it. */
    private volatile boolean over;

    Load(Running application, int users) {
        this.application = application;
        for (int number = 0; number < users; number++) {
            Thread user = new Thread(this::use, "mooring-test-user-" + number);
            user.setDaemon(true);
            user.start();
            this.users.add(user);
        }
    }

    /**
     * One request that has ended.
     *
     * @param began a reading of {@link System#nanoTime}
     */
    public record Request(long began, Duration took, boolean succeeded) {
        long end() {
            return began + took.toNanos();
        }
    }

    private void use() {
        while (!over) {
            long began = System.nanoTime();
            boolean succeeded = application.begin("/things").join() == 200;
            ended.add(new Request(began, Duration.ofNanos(System.nanoTime() - began), succeeded));
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** The requests that have ended and that began in this time. */
    public List<Request> between(long from, long to) {
        return ended.stream()
                .filter(one -> one.began() - from >= 0 && one.began() - to < 0)
                .toList();
    }

    /** Sends no more requests, and waits for those in flight. */
    @Override
    public void close() throws InterruptedException {
        over = true;
        for (Thread user : users) {
            user.join();
        }
    }
}

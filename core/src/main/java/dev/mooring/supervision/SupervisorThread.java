package dev.mooring.supervision;

import dev.mooring.event.MooringEvent;
import dev.mooring.event.MooringListener;
import dev.mooring.health.HealthReport;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a supervisor in real time: makes its steps on {@code mooring-supervisor}, and hands events to each
 * listener on a thread of its own, {@code mooring-events-N}. None of them ever dies of an exception, and the supervisor's waits for
 * nobody.
 */
public final class SupervisorThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SupervisorThread.class);
    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private final Time time;
    private final List<Told> told = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<ProbeRunner> runners = new ConcurrentLinkedQueue<>();
    private final Supervisor supervisor;
    private final Thread stepping;

    /** Set by {@link #close}, read by the stepping thread. */
    private volatile boolean closed;

    /** The thread to wake; published before the first wake-up can matter, a lost one costs at most one beat. */
    private volatile @Nullable Thread toWake;

    private record Told(EventQueue queue, Thread thread) {}

    /** Begins to supervise. */
    public SupervisorThread(List<Watch> watches, Time time, List<? extends MooringListener> listeners) {
        this.time = time;
        listeners.forEach(this::add);
        this.supervisor = new Supervisor(watches, time, this::runnerFor, this::wake, this::publish);
        this.stepping = thread("mooring-supervisor", this::makeSteps);
        this.toWake = stepping;
        stepping.start();
    }

    /** From now on {@code listener} is told what happens. */
    public void add(MooringListener listener) {
        EventQueue queue = new EventQueue(listener);
        Thread thread = thread("mooring-events-" + (told.size() + 1), queue);
        told.add(new Told(queue, thread));
        thread.start();
    }

    /** Tells the listeners of {@code event}. */
    public void publish(MooringEvent event) {
        told.forEach(one -> one.queue().offer(event));
    }

    /** The present report. */
    public HealthReport health() {
        return supervisor.health();
    }

    /** Waits until the service is ready; false when {@code limit} passed first. */
    public boolean awaitReady(Duration limit) throws InterruptedException {
        return supervisor.awaitReady(limit);
    }

    /** From now on the service is not ready. */
    public void shuttingDown() {
        supervisor.shuttingDown();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        wake();
        long goodbye = System.nanoTime() + GOODBYE.toNanos();
        join(stepping, goodbye);
        supervisor.stop();
        runners.forEach(ProbeRunner::stop);
        told.forEach(one -> one.queue().end());
        told.forEach(one -> join(one.thread(), goodbye));
    }

    private void makeSteps() {
        while (!closed) {
            long wait = Pauses.BEAT.toNanos();
            try {
                wait = supervisor.step(time.nanos());
            } catch (RuntimeException e) {
                LOG.error("a step of the supervisor failed; it goes on", e);
            }
            if (wait > 0) {
                LockSupport.parkNanos(this, wait);
            }
        }
    }

    private ProbeRunner runnerFor(Watch watch) {
        ProbeThreads threads = new ProbeThreads(watch.spec().name());
        runners.add(threads);
        return threads;
    }

    private void wake() {
        Thread sleeper = toWake;
        if (sleeper != null) {
            LockSupport.unpark(sleeper);
        }
    }

    private static void join(Thread thread, long until) {
        try {
            thread.join(Math.max(1, Duration.ofNanos(until - System.nanoTime()).toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}

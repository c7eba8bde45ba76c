package dev.mooring.supervision;

import dev.mooring.event.MooringEvent;
import dev.mooring.event.MooringListener;
import dev.mooring.health.HealthReport;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a supervisor in real time: makes its steps on {@code mooring-supervisor}, hands events to listeners on
 * {@code mooring-events}. Neither thread ever dies of an exception, and neither ever waits for a dependency.
 */
public final class SupervisorThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SupervisorThread.class);
    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private final Time time;
    private final EventQueue events = new EventQueue();
    private final ConcurrentLinkedQueue<ProbeRunner> runners = new ConcurrentLinkedQueue<>();
    private final Supervisor supervisor;
    private final Thread stepping;
    private final Thread telling;

    /** Set by {@link #close}, read by the stepping thread. */
    private volatile boolean closed;

    /** The thread to wake; published before the first wake-up can matter, a lost one costs at most one beat. */
    private volatile @Nullable Thread toWake;

    /** Begins to supervise. */
    public SupervisorThread(List<Watch> watches, Time time, List<? extends MooringListener> listeners) {
        this.time = time;
        listeners.forEach(events::add);
        this.supervisor = new Supervisor(watches, time, this::runnerFor, this::wake, events::offer);
        this.stepping = thread("mooring-supervisor", this::makeSteps);
        this.telling = thread("mooring-events", events);
        this.toWake = stepping;
        telling.start();
        stepping.start();
    }

    /** From now on {@code listener} is told what happens. */
    public void add(MooringListener listener) {
        events.add(listener);
    }

    /** Tells the listeners of {@code event}. */
    public void publish(MooringEvent event) {
        events.offer(event);
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
        join(stepping);
        supervisor.stop();
        runners.forEach(ProbeRunner::stop);
        events.end();
        join(telling);
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

    private static void join(Thread thread) {
        try {
            thread.join(GOODBYE.toMillis());
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

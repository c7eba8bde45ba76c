package dev.mooring.supervision;

import dev.mooring.event.MooringEvent;
import dev.mooring.event.MooringListener;
import dev.mooring.health.HealthReport;
import dev.mooring.thread.BackgroundLoop;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Runs a supervisor in real time: makes its steps on {@code mooring-supervisor}, and hands events to each listener on a thread of its
 * own, {@code mooring-events-N}.
 */
public final class SupervisorThread implements AutoCloseable {
    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private final List<EventQueue> listening = new CopyOnWriteArrayList<>();
    /** What runs the code of each supervised dependency. */
    private final Map<Watch, ProbeRunner> runners = new ConcurrentHashMap<>();

    private final Supervisor supervisor;
    private final BackgroundLoop stepping;

    /**
     * Begins to supervise.
     *
     * @throws IllegalStateException another supervisor supervises one of them
     */
    public SupervisorThread(List<Watch> watches, Time time, List<? extends MooringListener> listeners) {
        this.stepping = BackgroundLoop.of("mooring-supervisor", () -> step(time));
        this.supervisor = new Supervisor(watches, time, this::runnerFor, stepping::wake, this::publish);
        // No event comes before the first step, so no listener misses one.
        listeners.forEach(this::add);
        stepping.start();
    }

    /**
     * Supervises one more dependency.
     *
     * @throws IllegalArgumentException a supervised dependency has the same name
     * @throws IllegalStateException another supervisor supervises it, or this one has ended
     */
    public void supervise(Watch watch) {
        if (stepping.isEnding()) {
            throw new IllegalStateException("supervision has ended");
        }
        supervisor.add(watch);
    }

    /** Ends the supervision of one dependency and its threads; without effect when this one does not supervise it. */
    public void release(Watch watch) {
        ProbeRunner runner = supervisor.remove(watch) ? runners.remove(watch) : null;
        if (runner != null) {
            runner.stop();
        }
    }

    /** Hands every event from now on to {@code listener}. */
    public void add(MooringListener listener) {
        listening.add(new EventQueue("mooring-events-" + (listening.size() + 1), listener));
    }

    /** Hands {@code event} to the listeners. */
    public void publish(MooringEvent event) {
        listening.forEach(queue -> queue.offer(event));
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

    /** Ends all threads within 2 s; leaves behind those that the code of a backend or a listener blocks. */
    @Override
    public void close() {
        if (stepping.isEnding()) {
            return;
        }
        long goodbye = System.nanoTime() + GOODBYE.toNanos();
        stepping.end();
        stepping.awaitEnd(GOODBYE);
        supervisor.stop();
        runners.values().forEach(ProbeRunner::stop);
        listening.forEach(EventQueue::end);
        listening.forEach(queue -> queue.awaitEnd(Duration.ofNanos(goodbye - System.nanoTime())));
    }

    private Duration step(Time time) {
        return Duration.ofNanos(supervisor.step(time.nanos()));
    }

    private ProbeRunner runnerFor(Watch watch) {
        ProbeThreads threads = new ProbeThreads(watch.spec().name());
        runners.put(watch, threads);
        return threads;
    }
}

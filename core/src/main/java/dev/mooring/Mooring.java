package dev.mooring;

import dev.mooring.event.MooringListener;
import dev.mooring.health.HealthReport;
import dev.mooring.supervision.SupervisorThread;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Supervises dependencies until it is closed: probes them in the background, moves their breakers and publishes their health. One
 * dependency belongs to one {@code Mooring}. Thread-safe.
 *
 * <pre>{@code
 * try (Mooring mooring = Mooring.supervise(database, ranking)) {
 *     mooring.awaitCritical(Duration.ofSeconds(30)); // or start immediately and be "not ready"
 *     HealthReport health = mooring.health();        // a read of memory, never of the network
 * }
 * }</pre>
 */
public final class Mooring implements AutoCloseable {
    /** What it supervises; each thread that adds one appends a place. */
    private final List<Dependency> dependencies;

    private final SupervisorThread supervisor;

    private Mooring(List<Dependency> dependencies, List<? extends MooringListener> listeners, Time time) {
        this.dependencies = new CopyOnWriteArrayList<>(dependencies);
        List<MooringListener> all = new ArrayList<>(listeners);
        all.add(new EventLog());
        all.add(new OutageLog(name -> dependency(name)));
        this.supervisor = new SupervisorThread(
                dependencies.stream().map(Dependency::watch).toList(), time, all);
    }

    /** Begins to supervise {@code dependencies}; returns immediately and touches no network on this thread. */
    public static Mooring supervise(Dependency... dependencies) {
        return supervise(List.of(dependencies));
    }

    /** Begins to supervise {@code dependencies}; returns immediately and touches no network on this thread. */
    public static Mooring supervise(List<Dependency> dependencies) {
        return supervise(dependencies, List.of());
    }

    /**
     * The same, with listeners that receive every event from the start.
     *
     * @throws IllegalArgumentException two dependencies have the same name
     * @throws IllegalStateException another {@code Mooring} supervises one of them
     */
    public static Mooring supervise(List<Dependency> dependencies, List<? extends MooringListener> listeners) {
        List<String> names = new ArrayList<>();
        for (Dependency dependency : dependencies) {
            if (names.contains(dependency.name())) {
                throw new IllegalArgumentException("two dependencies are named " + dependency.name());
            }
            names.add(dependency.name());
        }
        return new Mooring(dependencies, listeners, Time.system());
    }

    /**
     * Supervises one more dependency from now on. Health shows it at once, as {@code unknown} until its first evidence.
     *
     * @throws IllegalArgumentException a supervised dependency has the same name
     * @throws IllegalStateException another {@code Mooring} supervises it, or this one is closed
     */
    public void add(Dependency dependency) {
        supervisor.supervise(dependency.watch());
        dependencies.add(dependency);
    }

    /**
     * Ends the supervision of one dependency, before what it stands for closes: ends its probes, refuses its calls from now on, and health no
     * longer shows it. Without effect for a dependency that this {@code Mooring} does not supervise.
     */
    public void remove(Dependency dependency) {
        dependencies.remove(dependency);
        dependency.endDiagnosis();
        supervisor.release(dependency.watch());
    }

    /** The health of the service and its dependencies. Reads memory, never the network, and never waits. */
    public HealthReport health() {
        return supervisor.health();
    }

    /**
     * Waits until the service is ready, that is until all critical dependencies are in use; false when {@code limit} passed first.
     */
    public boolean awaitCritical(Duration limit) throws InterruptedException {
        return supervisor.awaitReady(limit);
    }

    /** The supervised dependencies, in the order in which they were given. */
    public List<Dependency> dependencies() {
        return List.copyOf(dependencies);
    }

    /** The supervised dependency of that name. */
    public Optional<Dependency> dependency(String name) {
        return dependencies.stream().filter(d -> d.name().equals(name)).findFirst();
    }

    /** Hands every event from now on to {@code listener}, on a thread of its own. */
    public void addListener(MooringListener listener) {
        supervisor.add(listener);
    }

    /** Reports the service as not ready from now on, because it will stop. Calls go on as before. */
    public void shuttingDown() {
        supervisor.shuttingDown();
    }

    /**
     * Ends supervision: ends all threads within 2 s, leaves behind those that foreign code blocks, and refuses calls from now on.
     */
    @Override
    public void close() {
        dependencies.forEach(Dependency::endDiagnosis);
        supervisor.close();
    }
}

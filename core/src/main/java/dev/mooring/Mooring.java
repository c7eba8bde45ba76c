package dev.mooring;

import dev.mooring.event.MooringListener;
import dev.mooring.health.HealthReport;
import dev.mooring.supervision.SupervisorThread;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks after dependencies until it is closed: asks them in the background, moves their breakers, and knows at any moment how they
 * are. Thread-safe.
 *
 * <pre>{@code
 * try (Mooring mooring = Mooring.supervise(database, ranking)) {
 *     mooring.awaitCritical(Duration.ofSeconds(30)); // or start at once and be "not ready"
 *     HealthReport health = mooring.health();        // a read of memory, never of the network
 * }
 * }</pre>
 */
public final class Mooring implements AutoCloseable {
    private final List<Dependency> dependencies;
    private final SupervisorThread supervisor;

    private Mooring(List<Dependency> dependencies, List<? extends MooringListener> listeners, Time time) {
        this.dependencies = List.copyOf(dependencies);
        List<MooringListener> all = new ArrayList<>(listeners);
        all.add(new EventLog());
        this.supervisor = new SupervisorThread(
                this.dependencies.stream().map(Dependency::watch).toList(), time, all);
    }

    /** Begins to look after {@code dependencies}; returns at once and touches no network on this thread. */
    public static Mooring supervise(Dependency... dependencies) {
        return supervise(List.of(dependencies));
    }

    /** Begins to look after {@code dependencies}; returns at once and touches no network on this thread. */
    public static Mooring supervise(List<Dependency> dependencies) {
        return supervise(dependencies, List.of());
    }

    /** The same, with listeners that miss nothing from the first moment on. */
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

    /** How everything is: a read of memory at any rate, never of the network, and never waiting. */
    public HealthReport health() {
        return supervisor.health();
    }

    /** Waits until all critical dependencies are in use; false when {@code limit} passed first. */
    public boolean awaitCritical(Duration limit) throws InterruptedException {
        return supervisor.awaitReady(limit);
    }

    /** What is looked after, in the order it was given. */
    public List<Dependency> dependencies() {
        return dependencies;
    }

    /** The dependency of that name. */
    public Optional<Dependency> dependency(String name) {
        return dependencies.stream().filter(d -> d.name().equals(name)).findFirst();
    }

    /** From now on {@code listener} is told what happens. */
    public void addListener(MooringListener listener) {
        supervisor.add(listener);
    }

    /** Tells everybody that this service will stop: not ready from now on, while requests in flight go on. */
    public void shuttingDown() {
        supervisor.shuttingDown();
    }

    /** Stops looking after them: ends all threads within seconds and refuses calls from now on. */
    @Override
    public void close() {
        supervisor.close();
    }
}

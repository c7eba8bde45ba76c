package dev.mooring.history;

import dev.mooring.event.MooringEvent;
import dev.mooring.event.MooringListener;
import dev.mooring.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Remembers the last changes of status and the response times of each dependency, bounded in time and size. It is in memory,
 * because a database cannot record its own outage; {@link #restore} adds what an earlier process saw. Thread-safe.
 */
public final class HealthHistory implements MooringListener {
    /** The length of the periods over which it sums up response times. */
    public static final Duration STRETCH = Duration.ofMinutes(5);

    private final Time time;
    private final Duration keep;
    /** Guarded by this, as each history in it. */
    private final Map<String, DependencyHistory> histories = new HashMap<>();

    /**
     * An empty memory.
     *
     * @param keep how far it reaches back; positive
     */
    public HealthHistory(Time time, Duration keep) {
        if (keep.isZero() || keep.isNegative()) {
            throw new IllegalArgumentException("keep must be positive but is " + keep);
        }
        this.time = time;
        this.keep = keep;
    }

    @Override
    public synchronized void on(MooringEvent event) {
        if (event instanceof MooringEvent.StatusChanged changed) {
            of(event.dependency()).add(StateChange.of(changed));
        } else if (event instanceof MooringEvent.ProbeEnded probe
                && probe.failure().isEmpty()) {
            of(event.dependency()).answered(probe.at(), probe.took());
        }
    }

    /** How far the memory reaches back. */
    public Duration keep() {
        return keep;
    }

    /**
     * Adds the changes that an earlier process saw; those of one moment must be in their order. Ignores changes that are later than
     * the first one known here, or older than {@link #keep}.
     */
    public synchronized void restore(List<StateChange> earlier) {
        Instant oldest = time.now().minus(keep);
        List<StateChange> inOrder = new ArrayList<>(earlier);
        inOrder.removeIf(change -> !change.at().isAfter(oldest));
        inOrder.sort(Comparator.comparing(StateChange::at));
        Collections.reverse(inOrder);
        inOrder.forEach(change -> of(change.dependency()).addEarlier(change));
    }

    /** The changes of {@code dependency} from {@code since} on, oldest first. */
    public synchronized List<StateChange> changes(String dependency, Instant since) {
        return of(dependency).changesSince(since);
    }

    /** How much of the last {@code window} {@code dependency} could be used. */
    public synchronized Availability availability(String dependency, Duration window) {
        Instant now = time.now();
        return of(dependency).availability(now.minus(window), now);
    }

    /** The response times of {@code dependency} from {@code since} on, oldest first. */
    public synchronized List<ResponseTimes> responseTimes(String dependency, Instant since) {
        return of(dependency).timesSince(since);
    }

    private DependencyHistory of(String dependency) {
        return histories.computeIfAbsent(dependency, name -> new DependencyHistory(keep));
    }
}

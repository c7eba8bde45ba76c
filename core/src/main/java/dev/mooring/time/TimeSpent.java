package dev.mooring.time;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Adds up how long something was in each of its states. Thread-safe. */
public final class TimeSpent<S extends Enum<S>> {
    /** Guarded by this. */
    private final Map<S, Duration> past;

    /** Nothing spent yet. */
    public TimeSpent(Class<S> states) {
        past = new EnumMap<>(states);
    }

    /** Adds a stay in {@code state} that has ended and {@code lasted} so long. */
    public synchronized void add(S state, Duration lasted) {
        past.merge(state, lasted, Duration::plus);
    }

    /** The times spent in each state, the present one included; states that never were are absent. */
    public synchronized Map<S, Duration> with(S present, Duration lasting) {
        Map<S, Duration> all = new EnumMap<>(past);
        all.merge(present, lasting, Duration::plus);
        return all;
    }
}

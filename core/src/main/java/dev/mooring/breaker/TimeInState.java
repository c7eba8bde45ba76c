package dev.mooring.breaker;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Adds up how long a breaker was in each state. Thread-safe; used on transitions only. */
final class TimeInState {
    /** Guarded by this. */
    private final Map<BreakerState, Duration> past = new EnumMap<>(BreakerState.class);

    synchronized void add(BreakerState state, Duration lasted) {
        past.merge(state, lasted, Duration::plus);
    }

    synchronized Map<BreakerState, Duration> with(BreakerState present, Duration lasting) {
        Map<BreakerState, Duration> all = new EnumMap<>(past);
        all.merge(present, lasting, Duration::plus);
        return all;
    }
}

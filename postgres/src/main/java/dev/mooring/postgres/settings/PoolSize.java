package dev.mooring.postgres.settings;

import java.time.Duration;
import java.util.Optional;

/**
 * How many connections a pool has, and for how long. Immutable; the methods with an argument give a changed copy.
 *
 * @param min connections kept ready; 0 to 1,000 and at most max, default 2
 * @param max connections at most; 1 to 1,000, default 20
 * @param idleTimeout when a connection above the minimum is closed; 10 s to 24 h, default 10 min
 * @param maxLifetime when a connection is replaced; 30 s to 24 h, default 30 min
 * @param leakDetection when a connection that was not given back is logged; 2 s to 30 min and at most maxLifetime, empty by default
 */
public record PoolSize(int min, int max, Duration idleTimeout, Duration maxLifetime, Optional<Duration> leakDetection) {
    /** The same with another number of connections that are kept ready. */
    public PoolSize min(int ready) {
        return new PoolSize(ready, max, idleTimeout, maxLifetime, leakDetection);
    }

    /** The same with at most that many connections; no more than these are kept ready. */
    public PoolSize max(int most) {
        return new PoolSize(Math.min(min, most), most, idleTimeout, maxLifetime, leakDetection);
    }

    /** The same with another time after which an idle connection is closed. */
    public PoolSize idleTimeout(Duration idle) {
        return new PoolSize(min, max, idle, maxLifetime, leakDetection);
    }

    /** The same with another age at which a connection is replaced. */
    public PoolSize maxLifetime(Duration age) {
        return new PoolSize(min, max, idleTimeout, age, leakDetection);
    }

    /** The same, but a connection that was not given back in that time is logged. */
    public PoolSize leakDetection(Duration held) {
        return new PoolSize(min, max, idleTimeout, maxLifetime, Optional.of(held));
    }
}

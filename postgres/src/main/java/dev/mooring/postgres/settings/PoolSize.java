package dev.mooring.postgres.settings;

import java.time.Duration;
import java.util.Optional;

/**
 * The number of connections of a pool, and their lifetimes. Immutable; the methods with an argument give a changed copy.
 *
 * @param min connections kept ready; 0 to 1,000 and at most max, default 2
 * @param max most connections of the pool; 1 to 1,000, default 20
 * @param idleTimeout idle time after which the pool closes a connection above the minimum; 10 s to 24 h, default 10 min
 * @param maxLifetime age at which the pool replaces a connection; 30 s to 24 h, default 30 min
 * @param leakDetection time after which the pool logs a connection that its caller has not given back; 2 s to 30 min and at most
 *     maxLifetime, empty by default
 */
public record PoolSize(int min, int max, Duration idleTimeout, Duration maxLifetime, Optional<Duration> leakDetection) {
    /** The same with another number of connections that are kept ready. */
    public PoolSize min(int ready) {
        return new PoolSize(ready, max, idleTimeout, maxLifetime, leakDetection);
    }

    /** The same with at most that many connections; it cuts the number of those kept ready to that. */
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

    /** The same, but the pool logs a connection that its caller has not given back in that time. */
    public PoolSize leakDetection(Duration held) {
        return new PoolSize(min, max, idleTimeout, maxLifetime, Optional.of(held));
    }
}

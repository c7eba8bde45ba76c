package dev.mooring.registry.events;

import dev.mooring.Dependency;
import dev.mooring.Mooring;
import dev.mooring.breaker.BreakerState;
import dev.mooring.failure.FailureKind;
import dev.mooring.health.DependencyHealth;
import java.util.EnumSet;
import java.util.Set;

/**
 * Whether Redis takes messages now. It does not while its breaker refuses calls, nor while it answers but refuses writes, which leaves the
 * breaker closed: messages then go at once when the next probe finds that writes work. Thread-safe.
 */
final class RedisReadiness {
    private static final Set<FailureKind> NO_WRITES =
            EnumSet.of(FailureKind.OUT_OF_MEMORY, FailureKind.READ_ONLY, FailureKind.DISK_FULL);

    private final Dependency redis;
    private final Mooring mooring;

    RedisReadiness(Dependency redis, Mooring mooring) {
        this.redis = redis;
        this.mooring = mooring;
    }

    boolean isReady() {
        BreakerState state = redis.breaker().view().state();
        return state != BreakerState.OPEN
                && state != BreakerState.FORCED_OPEN
                && mooring.health().dependency(redis.name()).stream()
                        .flatMap((DependencyHealth health) -> health.findings().stream())
                        .noneMatch(finding -> NO_WRITES.contains(finding.kind()));
    }
}

package dev.mooring.spring.requestlog;

import dev.mooring.breaker.BreakerState;
import dev.mooring.health.DependencyHealth;
import dev.mooring.health.HealthReport;
import dev.mooring.spring.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Finds the requests that were refused because of an outage that was known before they began. The lines about the outage count their calls.
 * Thread-safe.
 */
final class KnownOutages {
    private final Supplier<HealthReport> health;

    KnownOutages(Supplier<HealthReport> health) {
        this.health = health;
    }

    /** Whether the breaker of the dependency that {@code problem} names refused calls already when the request began, {@code took} ago. */
    boolean explain(Problem problem, Duration took) {
        HealthReport present = health.get();
        Instant begun = Instant.now().minus(took);
        return present.dependencies().stream()
                .filter(one -> problem.code().equals(Problem.codeOf(one.name())))
                .anyMatch(one -> refuses(one) && one.since().isBefore(begun));
    }

    private static boolean refuses(DependencyHealth dependency) {
        BreakerState breaker = dependency.breaker();
        return breaker != BreakerState.CLOSED && breaker != BreakerState.BYPASSED;
    }
}

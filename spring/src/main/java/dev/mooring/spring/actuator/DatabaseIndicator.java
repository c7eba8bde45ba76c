package dev.mooring.spring.actuator;

import dev.mooring.Mooring;
import dev.mooring.health.DependencyHealth;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Replaces Boot's own check of the database, which borrows a connection from the pool and waits as long as the database hangs.
 */
final class DatabaseIndicator implements HealthIndicator {
    private final Mooring mooring;
    private final String dependency;

    DatabaseIndicator(Mooring mooring, String dependency) {
        this.mooring = mooring;
        this.dependency = dependency;
    }

    @Override
    public Health health() {
        return mooring.health()
                .dependency(dependency)
                .map(DatabaseIndicator::of)
                .orElseGet(() -> Health.unknown().build());
    }

    private static Health of(DependencyHealth database) {
        Health.Builder health = Health.status(status(database))
                .withDetail("status", database.status().code())
                .withDetail("since", database.since().toString());
        database.lastFailure()
                .ifPresent(failure ->
                        health.withDetail("last_failure", failure.kind().code()));
        return health.build();
    }

    /** Maps unknown to out of service, because Boot answers 200 for its own status "unknown". */
    private static Status status(DependencyHealth database) {
        return switch (database.status()) {
            case UP -> Status.UP;
            case DEGRADED, RECOVERING -> ReportIndicator.DEGRADED;
            case DOWN -> Status.DOWN;
            case UNKNOWN -> Status.OUT_OF_SERVICE;
            case DISABLED -> Status.UNKNOWN;
        };
    }
}

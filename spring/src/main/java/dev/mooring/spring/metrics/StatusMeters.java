package dev.mooring.spring.metrics;

import dev.mooring.Dependency;
import dev.mooring.Mooring;
import dev.mooring.health.DependencyHealth;
import dev.mooring.health.Status;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/** Meters for the status of each dependency and for the time in each status. They read the report that health shows. */
final class StatusMeters {
    private final Mooring mooring;
    private final MeterRegistry registry;

    StatusMeters(Mooring mooring, MeterRegistry registry) {
        this.mooring = mooring;
        this.registry = registry;
    }

    void register(Dependency dependency) {
        for (Status status : Status.values()) {
            Gauge.builder("mooring.dependency.status", () -> present(dependency) == status ? 1 : 0)
                    .description("1 for the present status, 0 for the others.")
                    .tag("dependency", dependency.name())
                    .tag("status", status.code())
                    .register(registry);
            FunctionCounter.builder("mooring.dependency.seconds", dependency, new Growing(one -> timeIn(one, status)))
                    .description("Time in each status since the start.")
                    .tag("dependency", dependency.name())
                    .tag("status", status.code())
                    .register(registry);
        }
        if (dependency.enabled()) {
            Gauge.builder("mooring.dependency.up", () -> isUsable(present(dependency)) ? 1 : 0)
                    .description("1 while the dependency can be used: up, degraded or recovering.")
                    .tag("dependency", dependency.name())
                    .tag("critical", String.valueOf(dependency.critical()))
                    .register(registry);
        }
    }

    private Status present(Dependency dependency) {
        return mooring.health()
                .dependency(dependency.name())
                .map(DependencyHealth::status)
                .orElse(Status.UNKNOWN);
    }

    private static Duration timeIn(Dependency dependency, Status status) {
        return dependency.timeInStatuses().getOrDefault(status, Duration.ZERO);
    }

    private static boolean isUsable(Status status) {
        return switch (status) {
            case UP, DEGRADED, RECOVERING -> true;
            case DOWN, UNKNOWN, DISABLED -> false;
        };
    }
}

package dev.mooring.spring.actuator;

import dev.mooring.Mooring;
import dev.mooring.health.DependencyHealth;
import dev.mooring.health.HealthReport;
import dev.mooring.spring.health.HealthNotice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/** Shows the whole health report as one indicator, which is down exactly when the service is not ready. */
final class ReportIndicator implements HealthIndicator {
    /** Boot gives this status no rank, so it never makes the aggregate worse. */
    static final Status DEGRADED = new Status("DEGRADED");

    private final Mooring mooring;
    private final List<HealthNotice> notices;

    ReportIndicator(Mooring mooring, List<HealthNotice> notices) {
        this.mooring = mooring;
        this.notices = List.copyOf(notices);
    }

    @Override
    public Health health() {
        HealthReport report = mooring.health();
        Map<String, String> dependencies = new LinkedHashMap<>();
        for (DependencyHealth one : report.dependencies()) {
            dependencies.put(one.name(), one.status().code());
        }
        Health.Builder health = Health.status(status(report)).withDetail("dependencies", dependencies);
        report.error().ifPresent(error -> health.withDetail("error", error));
        if (!report.reasons().isEmpty()) {
            health.withDetail("reasons", report.reasons());
        }
        List<String> warnings = notices.stream()
                .map(HealthNotice::warnings)
                .flatMap(List::stream)
                .toList();
        if (!warnings.isEmpty()) {
            health.withDetail("warnings", warnings);
        }
        return health.build();
    }

    private static Status status(HealthReport report) {
        return switch (report.overall()) {
            case HEALTHY -> Status.UP;
            case DEGRADED -> DEGRADED;
            case UNHEALTHY -> Status.DOWN;
        };
    }
}

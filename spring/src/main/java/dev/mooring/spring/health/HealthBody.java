package dev.mooring.spring.health;

import dev.mooring.health.DependencyHealth;
import dev.mooring.health.HealthReport;
import dev.mooring.health.Status;
import dev.mooring.spring.json.JsonObject;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The body of {@code /health}. Thread-safe. */
final class HealthBody {
    /**
     * A dependency of this name also appears as one word at the top of the body, where load balancers and scripts of older
     * systems read it.
     */
    private static final String DATABASE = "database";

    private final ServiceIdentity identity;
    private final List<HealthNotice> notices;
    private final Time time;
    private final long startedNanos;

    /** {@code age} says how long ago the process began. */
    HealthBody(ServiceIdentity identity, List<HealthNotice> notices, Time time, Duration age) {
        this.identity = identity;
        this.notices = List.copyOf(notices);
        this.time = time;
        this.startedNanos = time.nanos() - age.toNanos();
    }

    /** The body for readers who may see everything. */
    JsonObject forOperators(HealthReport report) {
        return of(report, DependencyJson.FOR_OPERATORS);
    }

    /** The body for readers who may not know addresses, names and the words of servers. */
    JsonObject forAll(HealthReport report) {
        return of(report.open(), DependencyJson.FOR_ALL);
    }

    private JsonObject of(HealthReport report, DependencyJson form) {
        Duration uptime = Duration.ofNanos(time.nanos() - startedNanos);
        JsonObject body = new JsonObject()
                .put("status", report.overall().code())
                .put("service", identity.name())
                .put("version", identity.version())
                .put("commit", identity.commit())
                .put("uptime_seconds", Math.round(uptime.toMillis() / 100.0) / 10.0)
                .put("features", identity.features())
                .put(DATABASE, report.dependency(DATABASE).flatMap(health -> connected(report, health)))
                .put("error", report.error());
        if (!report.reasons().isEmpty()) {
            body.put("reasons", report.reasons());
        }
        List<String> warnings = Stream.concat(
                        report.warnings().stream(),
                        notices.stream().map(HealthNotice::warnings).flatMap(List::stream))
                .toList();
        if (!warnings.isEmpty()) {
            body.put("warnings", warnings);
        }
        return body.put(
                "dependencies",
                new JsonObject().each(report.dependencies().stream(), (all, one) -> all.put(one.name(), form.of(one))));
    }

    private static Optional<String> connected(HealthReport report, DependencyHealth database) {
        Status status = database.status();
        if (status == Status.DISABLED) {
            return Optional.empty();
        }
        boolean unheard = status == Status.UNKNOWN && !report.ready();
        return Optional.of(status == Status.DOWN || unheard ? "disconnected" : "connected");
    }
}

package dev.mooring.spring.health;

import dev.mooring.failure.Failure;
import dev.mooring.health.DependencyHealth;
import dev.mooring.health.Status;
import dev.mooring.probe.Finding;
import dev.mooring.spring.json.JsonObject;
import dev.mooring.spring.problem.RetryAfter;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One dependency as the health bodies show it. */
final class DependencyJson {
    private DependencyJson() {}

    static JsonObject of(DependencyHealth health) {
        JsonObject json = new JsonObject().put("status", health.status().code()).put("critical", health.critical());
        if (health.status() == Status.DISABLED) {
            return json;
        }
        json.put("since", health.since())
                .put("checked_at", health.checkedAt())
                .put("response_time_ms", health.responseTime().map(DependencyJson::millis))
                .put("breaker", health.breaker().code())
                .put("retry_after_seconds", health.retryAfter().map(RetryAfter::seconds))
                .put("last_success", health.lastSuccess())
                .put("last_failure", health.lastFailure().map(DependencyJson::failure));
        return health.findings().isEmpty() ? json : json.put("findings", findings(health.findings()));
    }

    static double millis(Duration duration) {
        return Math.round(duration.toNanos() / 10_000.0) / 100.0;
    }

    private static JsonObject failure(Failure failure) {
        return new JsonObject()
                .put("at", failure.at())
                .put("kind", failure.kind().code())
                .put("message", failure.message());
    }

    private static List<Map<String, String>> findings(List<Finding> findings) {
        return findings.stream()
                .map(finding -> Map.of("kind", finding.kind().code(), "message", finding.message()))
                .toList();
    }
}

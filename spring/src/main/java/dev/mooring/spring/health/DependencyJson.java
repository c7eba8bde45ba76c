package dev.mooring.spring.health;

import dev.mooring.breaker.BreakerState;
import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import dev.mooring.health.DependencyHealth;
import dev.mooring.health.Status;
import dev.mooring.spring.json.JsonObject;
import dev.mooring.spring.problem.RetryAfter;
import java.time.Duration;
import java.util.List;

/**
 * One dependency as the health bodies show it: to operators with messages, to all with what to check for each kind instead, because
 * messages name addresses, databases and users.
 */
enum DependencyJson {
    /** With messages. */
    FOR_OPERATORS,
    /** Without messages. */
    FOR_ALL;

    JsonObject of(DependencyHealth health) {
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
                .put("last_failure", health.lastFailure().map(last -> failure(health, last)));
        return health.findings().isEmpty() ? json : json.put("findings", findings(health));
    }

    static double millis(Duration duration) {
        return Math.round(duration.toNanos() / 10_000.0) / 100.0;
    }

    /** Whether the last failure is why the dependency has its status now: what to check for an earlier one would mislead. */
    private static boolean isReason(DependencyHealth health) {
        return switch (health.status()) {
            case DOWN -> health.breaker() != BreakerState.FORCED_OPEN;
            case UNKNOWN -> true;
            case UP, DEGRADED, RECOVERING, DISABLED -> false;
        };
    }

    private JsonObject failure(DependencyHealth health, Failure failure) {
        JsonObject json = new JsonObject().put("at", failure.at());
        return this == FOR_ALL && !isReason(health)
                ? json.put("kind", failure.kind().code())
                : about(health, failure.kind(), failure.message(), json);
    }

    private List<JsonObject> findings(DependencyHealth health) {
        return health.findings().stream()
                .map(finding -> about(health, finding.kind(), finding.message(), new JsonObject()))
                .toList();
    }

    private JsonObject about(DependencyHealth health, FailureKind kind, String message, JsonObject json) {
        json.put("kind", kind.code());
        return this == FOR_OPERATORS
                ? json.put("message", message)
                : json.put("check", health.hints().apply(kind));
    }
}

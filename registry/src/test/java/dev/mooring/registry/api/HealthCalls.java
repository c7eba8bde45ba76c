package dev.mooring.registry.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** The calls that filters answer from memory. */
final class HealthCalls {
    private static final ObjectNode STATUS = Schema.object(Map.of("status", Schema.text()));
    private static final String EXCLUDED = "The name of a check that does not count; repeated for several.";
    private static final String TEXT = "text/plain";
    private static final ObjectNode READY = STATUS.deepCopy();

    static {
        READY.withObject("properties").set("reasons", Schema.list(Schema.text()));
    }

    static final List<Call> ALL = List.of(
            open("/health", "Whether the service can serve, with the state of each dependency.")
                    .answering(200, "It can serve.", Schema.ref("Health"))
                    .answering(503, "It cannot serve now.", Schema.ref("Health")),
            open("/health/live", "Whether the process can answer at all.").answering(200, "It can.", STATUS),
            verbose("/livez", "As /health/live; with ?verbose as text, one line for each check.")
                    .answering(200, "It can.", Call.JSON, STATUS, TEXT),
            open("/health/ready", "Whether the service can serve.")
                    .answering(200, "It is ready.", READY)
                    .answering(503, "It is not ready.", READY),
            verbose("/readyz", "As /health/ready; with ?verbose as text, one line for each check.")
                    .answering(200, "It is ready.", Call.JSON, READY, TEXT)
                    .answering(503, "It is not ready.", Call.JSON, READY, TEXT),
            open("/health/detailed", "Health with pools, breakers, configuration and process.")
                    .answering(200, "The details.", Schema.ref("Health")),
            open("/health/history", "Changes of the state of a dependency, its availability and response times.")
                    .asking("dependency", Schema.text(), "The name of the dependency.")
                    .query("since", Schema.filled(), "How far back, such as 24h.")
                    .answering(200, "The history.", history())
                    .refusing(404, 422));

    private HealthCalls() {}

    private static Call open(String path, String summary) {
        return Call.of("health", "GET", path, summary);
    }

    private static Call verbose(String path, String summary) {
        return open(path, summary)
                .query("verbose", Schema.text(), "With any value, or none: text, one line for each check.")
                .query("exclude", Schema.text(), EXCLUDED);
    }

    /** The schemas that these calls refer to. */
    static Map<String, ObjectNode> components() {
        return Map.of("Health", health(), "DependencyHealth", dependency());
    }

    private static ObjectNode health() {
        Map<String, ObjectNode> members = new LinkedHashMap<>();
        members.put("status", Schema.oneOf("healthy", "degraded", "unhealthy"));
        members.put("service", Schema.text());
        members.put("version", Schema.text());
        members.put("commit?", Schema.text());
        members.put("uptime_seconds", Schema.number());
        members.put("features", Schema.list(Schema.text()));
        members.put("database?", Schema.oneOf("connected", "disconnected"));
        members.put("error?", Schema.text());
        members.put("reasons?", Schema.list(Schema.text()));
        members.put("warnings?", Schema.list(Schema.text()));
        members.put("dependencies", Schema.map(Schema.ref("DependencyHealth")));
        return Schema.object(members);
    }

    private static ObjectNode dependency() {
        Map<String, ObjectNode> members = new LinkedHashMap<>();
        members.put("status", Schema.oneOf("up", "degraded", "down", "recovering", "unknown", "disabled"));
        members.put("critical", Schema.flag());
        members.put("since?", Schema.format("date-time"));
        members.put("checked_at?", Schema.format("date-time"));
        members.put("response_time_ms?", Schema.number());
        members.put("breaker?", Schema.text());
        members.put("retry_after_seconds?", Schema.whole());
        members.put("last_success?", Schema.format("date-time"));
        members.put("last_failure?", Schema.object(failure()));
        members.put("findings?", Schema.list(Schema.map(Schema.any())));
        return Schema.object(members);
    }

    private static Map<String, ObjectNode> failure() {
        Map<String, ObjectNode> members = new LinkedHashMap<>();
        members.put("at", Schema.format("date-time"));
        members.put("kind", Schema.text());
        members.put("message?", Schema.text());
        members.put("check?", Schema.text());
        return members;
    }

    private static ObjectNode history() {
        Map<String, ObjectNode> members = new LinkedHashMap<>();
        members.put("dependency", Schema.text());
        members.put("since", Schema.format("date-time"));
        members.put("availability", Schema.map(Schema.any()));
        members.put("changes", Schema.list(Schema.map(Schema.any())));
        members.put("response_times", Schema.map(Schema.any()));
        return Schema.object(members);
    }
}

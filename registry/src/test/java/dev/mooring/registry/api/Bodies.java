package dev.mooring.registry.api;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** The bodies that the service reads field by field. */
final class Bodies {
    static final ObjectNode REGISTRATION = strict(
            "name", Schema.filled(256),
            "source", Schema.filled(2_048),
            "run_id?", Schema.text(256),
            "description?", Schema.text(5_000),
            "tags?", Schema.map(Schema.text(5_000)).put("maxProperties", 100),
            "metrics?", Schema.map(Schema.number()).put("maxProperties", 1_000));

    static final ObjectNode ALIAS = strict("version", Schema.filled(18));

    static final ObjectNode ORDER = strict("reason", Schema.filled(1_000), "expires_in?", Schema.text());

    static final ObjectNode KEY = strict(
            "name",
            Schema.filled(64),
            "scopes",
            Schema.list(Schema.text()),
            "expires_in?",
            Schema.text(),
            "stays_because?",
            Schema.filled(1_000));

    static final ObjectNode EVICTION = strict("reason", Schema.filled(1_000));

    private Bodies() {}

    /** An object that has no other fields. */
    private static ObjectNode strict(Object... namesAndSchemas) {
        Map<String, ObjectNode> members = new LinkedHashMap<>();
        for (int i = 0; i < namesAndSchemas.length; i += 2) {
            members.put((String) namesAndSchemas[i], (ObjectNode) namesAndSchemas[i + 1]);
        }
        return Schema.object(members).put("additionalProperties", false);
    }
}

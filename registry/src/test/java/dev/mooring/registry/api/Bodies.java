package dev.mooring.registry.api;

import dev.mooring.registry.models.RegistrationRequest;
import dev.mooring.registry.store.ModelName;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** The bodies that the service reads field by field. */
final class Bodies {
    static final ObjectNode REGISTRATION = strict(
            "name", Schema.filled(ModelName.LONGEST),
            "source", Schema.filled(RegistrationRequest.LONGEST_SOURCE),
            "run_id?", Schema.text(RegistrationRequest.LONGEST_RUN_ID),
            "description?", Schema.text(RegistrationRequest.LONGEST_DESCRIPTION),
            "tags?",
                    Schema.map(Schema.text(RegistrationRequest.TAGS.longestValue()))
                            .put("maxProperties", RegistrationRequest.TAGS.most()),
            "metrics?", Schema.map(Schema.number()).put("maxProperties", RegistrationRequest.METRICS.most()));

    static final ObjectNode ALIAS = strict("version", Schema.filled(18).put("pattern", "^[1-9][0-9]*$"));

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

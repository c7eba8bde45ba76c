package dev.mooring.registry.events;

import dev.mooring.registry.store.ModelEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a message says about a version: a JSON object. It has at most {@value #MOST_BYTES} bytes in UTF-8. A larger one comes without its
 * tags, and without its metrics too if it is still too large; {@code left_out} names what is missing, which a consumer can read from the
 * service.
 */
final class EventPayload {
    static final int MOST_BYTES = 65_536;

    private static final String TAGS = "tags";
    private static final String METRICS = "metrics";

    private static final JsonMapper JSON = JsonMapper.shared();

    private EventPayload() {}

    static String of(ModelEvent event) {
        ObjectNode payload = JSON.createObjectNode();
        payload.put("registration_id", text(event.registrationId()));
        payload.put("name", event.name());
        payload.put("version", Long.toString(event.version()));
        payload.put("source", event.source());
        payload.put("run_id", event.runId());
        payload.set(TAGS, JSON.valueToTree(event.tags()));
        payload.set(METRICS, JSON.valueToTree(event.metrics()));
        payload.put("registered_by", event.registeredBy());
        event.origin().workspaceName().ifPresent(workspace -> payload.put("workspace", workspace));
        event.promotion().ifPresent(promotion -> add(payload, promotion));
        return bounded(payload);
    }

    private static void add(ObjectNode payload, ModelEvent.Promotion promotion) {
        if (promotion.alias() != null) {
            payload.put("alias", promotion.alias());
        } else {
            payload.put("stage", promotion.stage());
            payload.put("from_stage", promotion.fromStage());
        }
        payload.put("from_version", text(promotion.fromVersion()));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static String bounded(ObjectNode payload) {
        for (String large : List.of(TAGS, METRICS)) {
            String text = JSON.writeValueAsString(payload);
            if (text.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES) {
                return text;
            }
            payload.putObject(large);
            payload.withArray("left_out").add(large);
        }
        return JSON.writeValueAsString(payload);
    }
}

package dev.mooring.registry.gateway;

import dev.mooring.spring.body.JsonSize;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The body of a call that makes a version.
 *
 * @param json the body; not to be changed
 * @param name the name of the model
 * @param source where the files of the version are
 */
record CreateRequest(ObjectNode json, String name, String source) {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final String TAGS = "tags";
    /** More than a request with thousands of tags has. */
    private static final int MOST_PARTS = 100_000;

    /** Reads a body; empty if it has another form than clients send, which MLflow then judges. */
    static Optional<CreateRequest> of(byte[] body) {
        int parts = JsonSize.parts(body);
        if (parts > MOST_PARTS) {
            return Optional.empty();
        }
        JsonSize.takeMemory(parts);
        try {
            return MAPPER.readTree(body) instanceof ObjectNode json ? of(json) : Optional.empty();
        } catch (JacksonException broken) {
            return Optional.empty();
        }
    }

    private static Optional<CreateRequest> of(ObjectNode json) {
        JsonNode name = json.path("name");
        JsonNode source = json.path("source");
        JsonNode tags = json.path(TAGS);
        boolean fits =
                name.isString() && source.isString() && (tags.isMissingNode() || tags.isNull() || tags.isArray());
        return fits ? Optional.of(new CreateRequest(json, name.stringValue(), source.stringValue())) : Optional.empty();
    }

    /** The tags with texts as values; the last of equal keys counts. */
    Map<String, String> tags() {
        Map<String, String> tags = new TreeMap<>();
        json.path(TAGS)
                .forEach(tag ->
                        tags.put(tag.path("key").asString(""), tag.path("value").asString("")));
        return tags;
    }

    /** The body with one more tag, which counts even if the client sent one of that name. */
    byte[] with(String key, UUID value) {
        ObjectNode changed = json.deepCopy();
        ArrayNode tags = changed.path(TAGS) instanceof ArrayNode given ? given : changed.putArray(TAGS);
        tags.addObject().put("key", key).put("value", value.toString());
        return MAPPER.writeValueAsBytes(changed);
    }
}

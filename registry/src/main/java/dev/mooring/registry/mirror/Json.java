package dev.mooring.registry.mirror;

import dev.mooring.registry.backend.MlflowReply;
import dev.mooring.spring.body.JsonSize;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the members of MLflow's answers. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private Json() {}

    /** The object in a body; empty if there is none. */
    static Optional<JsonNode> object(byte[] body) {
        if (JsonSize.parts(body) > MlflowReply.MOST_PARTS) {
            return Optional.empty();
        }
        try {
            return Optional.of(MAPPER.readTree(body)).filter(JsonNode::isObject);
        } catch (JacksonException broken) {
            return Optional.empty();
        }
    }

    /** A text; null if it is absent or empty, which MLflow does not tell apart. */
    static @Nullable String text(JsonNode json, String member) {
        String text = textOrEmpty(json, member);
        return text.isEmpty() ? null : text;
    }

    /** A text; empty if it is absent. */
    static String textOrEmpty(JsonNode json, String member) {
        return kept(json.path(member));
    }

    /** MLflow keeps NUL on some databases, and ours cannot. The mark of an unknown character stands in its place. */
    private static String kept(JsonNode text) {
        return text.asString("").replace('\0', '\ufffd');
    }

    /** A whole number, also in a text; 0 if there is none. */
    static long number(JsonNode json, String member) {
        return json.path(member).asLong(0);
    }

    /** A moment in milliseconds. */
    static Instant moment(JsonNode json, String member) {
        return Instant.ofEpochMilli(number(json, member));
    }

    static SortedMap<String, String> tags(JsonNode json) {
        SortedMap<String, String> tags = new TreeMap<>();
        json.path("tags").forEach(tag -> tags.put(kept(tag.path("key")), kept(tag.path("value"))));
        return tags;
    }

    static List<String> texts(JsonNode json, String member) {
        List<String> texts = new ArrayList<>();
        json.path(member).forEach(text -> texts.add(kept(text)));
        return List.copyOf(texts);
    }

    static List<SeenVersion> versions(JsonNode json, String member) {
        return StreamSupport.stream(json.path(member).spliterator(), false)
                .flatMap(version -> SeenVersion.of(version).stream())
                .toList();
    }

    static List<SeenModel> models(JsonNode json, String member) {
        return StreamSupport.stream(json.path(member).spliterator(), false)
                .flatMap(model -> SeenModel.of(model).stream())
                .toList();
    }

    static void put(Map<String, Object> row, String name, @Nullable Object value) {
        if (value != null) {
            row.put(name, value);
        }
    }
}

package dev.mooring.cli.terminal;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes a result as a JSON document: names in snake case, one line each. */
public final class JsonDocument {
    /** Increases when a document changes in a way that can break its readers. */
    public static final int SCHEMA_VERSION = 1;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private JsonDocument() {}

    public static String of(Record document) {
        return MAPPER.writeValueAsString(document);
    }

    public static String of(JsonNode document) {
        return MAPPER.writeValueAsString(document);
    }

    /** A record as the JSON that {@link #of(Record)} writes. */
    public static JsonNode nodeOf(Record document) {
        return MAPPER.valueToTree(document);
    }

    /** The document in one line. */
    public static String line(JsonNode document) {
        return document.toString();
    }

    /** A document with its version and nothing else. */
    public static ObjectNode empty() {
        return MAPPER.createObjectNode().put("schema_version", SCHEMA_VERSION);
    }

    /** A document with the members of an object, after its version. */
    public static ObjectNode with(JsonNode members) {
        ObjectNode document = empty();
        members.properties().forEach(member -> document.set(member.getKey(), member.getValue()));
        return document;
    }

    /** A document that says why there is no result. */
    public static ObjectNode problem(String code, String detail) {
        ObjectNode document = empty();
        document.putObject("problem").put("code", code).put("detail", detail);
        return document;
    }
}

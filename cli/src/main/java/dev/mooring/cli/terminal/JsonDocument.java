package dev.mooring.cli.terminal;

import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes a record as a JSON document: names in snake case, one line each. */
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
}

package dev.mooring.registry.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Checks a JSON value against a schema, as far as the description uses schemas. */
final class SchemaCheck {
    private final JsonNode components;
    private final List<String> mistakes = new ArrayList<>();

    private SchemaCheck(JsonNode components) {
        this.components = components;
    }

    /** What is wrong with {@code value}; empty if nothing is. */
    static List<String> mistakes(JsonNode document, JsonNode schema, JsonNode value) {
        SchemaCheck check = new SchemaCheck(document.at("/components/schemas"));
        check.check("body", schema, value);
        return check.mistakes;
    }

    /** The schema that a reference stands for, else the schema itself. */
    static JsonNode resolved(JsonNode components, JsonNode schema) {
        JsonNode reference = schema.get("$ref");
        return reference == null ? schema : components.path(name(reference));
    }

    /** The response that a reference stands for, else the response itself. */
    static JsonNode response(JsonNode document, JsonNode response) {
        JsonNode reference = response.get("$ref");
        return reference == null
                ? response
                : document.at("/components/responses").path(name(reference));
    }

    private static String name(JsonNode reference) {
        return reference.asString().substring(reference.asString().lastIndexOf('/') + 1);
    }

    private void check(String where, JsonNode given, JsonNode value) {
        JsonNode schema = resolved(components, given);
        String type = schema.path("type").asString("");
        if (!type.isEmpty() && !isOf(type, value)) {
            mistakes.add(where + " is no " + type + " but " + value);
            return;
        }
        JsonNode allowed = schema.get("enum");
        if (allowed != null && allowed.valueStream().noneMatch(value::equals)) {
            mistakes.add(where + " is " + value + ", which is not among " + allowed);
        }
        if (value.isObject()) {
            checkMembers(where, schema, value);
        }
        JsonNode items = schema.get("items");
        if (value.isArray() && items != null) {
            value.forEach(item -> check(where + "[]", items, item));
        }
    }

    private void checkMembers(String where, JsonNode schema, JsonNode value) {
        schema.path("required").forEach(name -> {
            if (!value.has(name.asString())) {
                mistakes.add(where + " has no " + name.asString());
            }
        });
        JsonNode properties = schema.path("properties");
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            JsonNode known = properties.get(member.getKey());
            JsonNode further = known == null ? schema.get("additionalProperties") : known;
            checkMember(where + "." + member.getKey(), further, member.getValue());
        }
    }

    private void checkMember(String where, @Nullable JsonNode schema, JsonNode value) {
        if (schema != null && schema.isObject()) {
            check(where, schema, value);
        } else if (schema != null && !schema.asBoolean()) {
            mistakes.add(where + " is not described");
        }
    }

    private static boolean isOf(String type, JsonNode value) {
        return switch (type) {
            case "string" -> value.isString();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            default -> throw new IllegalStateException("no check is known for the type " + type);
        };
    }
}

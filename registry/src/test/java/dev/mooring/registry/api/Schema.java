package dev.mooring.registry.api;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON schemas (draft 2020-12), as OpenAPI 3.1 holds them. */
final class Schema {
    private Schema() {}

    /** Whatever JSON can hold. */
    static ObjectNode any() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode text() {
        return typed("string");
    }

    static ObjectNode text(int longest) {
        return text().put("maxLength", longest);
    }

    /** A text that must not be empty. */
    static ObjectNode filled() {
        return text().put("minLength", 1);
    }

    static ObjectNode filled(int longest) {
        return filled().put("maxLength", longest);
    }

    static ObjectNode format(String format) {
        return text().put("format", format);
    }

    static ObjectNode oneOf(String... values) {
        ObjectNode schema = text();
        Arrays.stream(values).forEach(schema.putArray("enum")::add);
        return schema;
    }

    static ObjectNode whole() {
        return typed("integer");
    }

    static ObjectNode whole(long least, long most) {
        return whole().put("minimum", least).put("maximum", most);
    }

    static ObjectNode number() {
        return typed("number");
    }

    static ObjectNode flag() {
        return typed("boolean");
    }

    static ObjectNode list(JsonNode of) {
        ObjectNode schema = typed("array");
        schema.set("items", of);
        return schema;
    }

    /** An object with any names. */
    static ObjectNode map(JsonNode of) {
        ObjectNode schema = typed("object");
        schema.set("additionalProperties", of);
        return schema;
    }

    /** An object; a name that ends with {@code ?} may be absent. */
    static ObjectNode object(Map<String, ? extends JsonNode> members) {
        ObjectNode schema = typed("object");
        ObjectNode properties = JsonNodeFactory.instance.objectNode();
        members.forEach((name, member) -> {
            boolean optional = name.endsWith("?");
            String plain = optional ? name.substring(0, name.length() - 1) : name;
            properties.set(plain, member);
            if (!optional) {
                schema.withArray("required").add(plain);
            }
        });
        schema.set("properties", properties);
        return schema;
    }

    /** An object with two members. Not a {@code Map.of}, whose order differs from run to run. */
    static ObjectNode object(String one, ObjectNode ofOne, String other, ObjectNode ofOther) {
        Map<String, ObjectNode> members = new LinkedHashMap<>();
        members.put(one, ofOne);
        members.put(other, ofOther);
        return object(members);
    }

    static ObjectNode ref(String component) {
        return JsonNodeFactory.instance.objectNode().put("$ref", "#/components/schemas/" + component);
    }

    private static ObjectNode typed(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }
}

package dev.mooring.registry.api;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes values for schemas: mostly ones that fit, sometimes ones of another type, too long, or odd. */
final class RandomValue {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /** Texts that services tend to stumble over, and some that this service knows. */
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "a",
            "churn",
            "1",
            "0",
            "-1",
            "01",
            "1.5",
            "9999999999999999999",
            "latest",
            "champion",
            "database",
            "true",
            "null",
            "24h",
            "-5s",
            "PT30S",
            "9999999999d",
            "2026-01-01T00:00:00Z",
            "+292278994-08-17T07:12:55Z",
            "models:read",
            "ops:act",
            "é",
            "e\u0301",
            "\u0000",
            "\u001f",
            "\u202e",
            "\ud83d\ude00",
            "\ud800",
            "\uffff",
            "%",
            "%00",
            "%2F",
            "a/b",
            "a\\b",
            "..",
            "a:b",
            "'",
            "\"",
            "<b>",
            "${x}",
            "{{x}}",
            "'; drop table mooring.model; --",
            "%n%s",
            "a\r\nb",
            "0198c1d2-0000-7000-8000-000000000000",
            "AAAA",
            "eyJvZmZzZXQiOjF9",
            "a".repeat(256),
            "b".repeat(257),
            "c".repeat(3_000));

    /** Texts that lead somewhere: a model, its first version, an alias, a source, a dependency, a scope. */
    private static final List<String> GOOD =
            List.of("churn", "1", "champion", "s3://bucket/churn", "database", "models:read", "24h");

    private final Random random;
    private final JsonNode components;

    RandomValue(Random random, JsonNode components) {
        this.random = random;
        this.components = components;
    }

    JsonNode of(JsonNode given) {
        JsonNode schema = SchemaCheck.resolved(components, given);
        if (random.nextInt(25) == 0) {
            return odd();
        }
        JsonNode allowed = schema.get("enum");
        if (allowed != null && random.nextInt(8) > 0) {
            return allowed.get(random.nextInt(allowed.size()));
        }
        return switch (schema.path("type").asString("")) {
            case "object" -> object(schema);
            case "array" -> list(schema);
            case "integer" -> JSON.numberNode(random.nextInt(4) == 0 ? random.nextLong() : random.nextInt(120) - 5L);
            case "number" -> JSON.numberNode(random.nextGaussian() * Math.pow(10, random.nextInt(20)));
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            default -> text();
        };
    }

    private JsonNode text() {
        List<String> some = random.nextInt(3) == 0 ? TEXTS : GOOD;
        return JSON.stringNode(some.get(random.nextInt(some.size())));
    }

    private JsonNode odd() {
        return switch (random.nextInt(8)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.arrayNode();
            case 2 -> JSON.objectNode().put("a", 1);
            case 3 -> JSON.numberNode(new BigDecimal("1e400"));
            case 4 -> JSON.numberNode(Long.MAX_VALUE);
            case 5 -> JSON.booleanNode(true);
            case 6 -> nested(200);
            default -> JSON.stringNode(TEXTS.get(random.nextInt(TEXTS.size())));
        };
    }

    private static JsonNode nested(int depth) {
        ArrayNode inner = JSON.arrayNode();
        for (int i = 0; i < depth; i++) {
            inner = JSON.arrayNode().add(inner);
        }
        return inner;
    }

    private ObjectNode object(JsonNode schema) {
        ObjectNode object = JSON.objectNode();
        for (Map.Entry<String, JsonNode> member : schema.path("properties").properties()) {
            boolean required = schema.path("required").valueStream().anyMatch(name -> name.asString()
                    .equals(member.getKey()));
            if (required ? random.nextInt(15) > 0 : random.nextBoolean()) {
                object.set(member.getKey(), of(member.getValue()));
            }
        }
        JsonNode any = schema.path("additionalProperties");
        if (any.isObject() || random.nextInt(25) == 0) {
            for (int i = random.nextInt(4); i > 0; i--) {
                object.set(TEXTS.get(random.nextInt(TEXTS.size())), any.isObject() ? of(any) : odd());
            }
        }
        return object;
    }

    private ArrayNode list(JsonNode schema) {
        ArrayNode list = JSON.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(of(schema.path("items")));
        }
        return list;
    }
}

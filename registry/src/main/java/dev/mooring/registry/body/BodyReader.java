package dev.mooring.registry.body;

import dev.mooring.settings.ValueType;
import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;

/**
 * Takes the fields out of a JSON object and notes what is wrong with them. JSON's {@code null} counts as left out. Fields that
 * are not known are mistakes too: what a client wrote down would be lost without a word. One thread only.
 */
public final class BodyReader {
    private final JsonNode body;
    private final Mistakes mistakes = new Mistakes();

    private BodyReader(JsonNode body) {
        this.body = body;
    }

    /** Reads a body that may hold the given fields. Ends the request if it is not JSON (400) or no object (422). */
    public static BodyReader of(byte @Nullable [] body, Set<String> known) {
        BodyReader reader = new BodyReader(object(body));
        reader.body
                .propertyNames()
                .forEach(name -> reader.mistakes.addIf(
                        shown(name),
                        known.contains(name) ? null : "is not known; known are " + String.join(", ", known)));
        return reader;
    }

    public Mistakes mistakes() {
        return mistakes;
    }

    /** A text that must be there and not be blank; empty text if something is wrong with it. */
    public String required(String field, int longest) {
        String value = optional(field, longest);
        if (value == null) {
            mistakes.add(field, "is required");
            return "";
        }
        mistakes.addIf(field, Text.objectionTo(value, longest));
        return value;
    }

    /** A text that may be left out; empty text if something is wrong with it. */
    public @Nullable String optional(String field, int longest) {
        JsonNode node = given(field);
        if (node == null) {
            return null;
        }
        if (!node.isString()) {
            mistakes.add(field, expected("a text", node));
            return "";
        }
        mistakes.addIf(field, Text.objectionToFree(node.stringValue(), longest));
        return node.stringValue();
    }

    /** Texts, each once, in the order they came; empty if something is wrong with them or they are left out. */
    public Set<String> requiredTexts(String field) {
        JsonNode node = given(field);
        if (node == null) {
            mistakes.add(field, "is required");
        } else if (!node.isArray() || !node.valueStream().allMatch(JsonNode::isString)) {
            mistakes.add(field, "must be an array of texts");
        } else {
            return node.valueStream().map(JsonNode::stringValue).collect(Collectors.toCollection(LinkedHashSet::new));
        }
        return Set.of();
    }

    /** A duration as settings have them, seconds without a unit, that may be left out; null if something is wrong with it. */
    public @Nullable Duration duration(String field, Duration shortest, Duration longest) {
        JsonNode node = given(field);
        if (node == null) {
            return null;
        }
        Optional<Duration> value = node.isString() || node.isNumber()
                ? ValueType.DURATION.reader().apply(node.asString())
                : Optional.empty();
        if (value.isEmpty()
                || value.get().compareTo(shortest) < 0
                || value.get().compareTo(longest) > 0) {
            ValueType<Duration> type = ValueType.DURATION;
            String bounds = type.show().apply(shortest) + " to " + type.show().apply(longest);
            mistakes.add(field, "must be " + type.words() + " from " + bounds + type.example());
            return null;
        }
        return value.get();
    }

    /** Names with texts; empty if left out. */
    public SortedMap<String, String> texts(String field, Entries limits) {
        SortedMap<String, String> texts = new TreeMap<>();
        entries(field, limits, (name, node) -> {
            if (!node.isString()) {
                mistakes.add(field + "." + shown(name), expected("a text", node));
                return;
            }
            mistakes.addIf(field + "." + shown(name), Text.objectionToFree(node.stringValue(), limits.longestValue()));
            texts.put(name, node.stringValue());
        });
        return texts;
    }

    /** Names with finite numbers; empty if left out. */
    public SortedMap<String, Double> numbers(String field, Entries limits) {
        SortedMap<String, Double> numbers = new TreeMap<>();
        entries(field, limits, (name, node) -> {
            if (!node.isNumber()) {
                mistakes.add(field + "." + shown(name), expected("a number", node));
                return;
            }
            double number = node.asDouble(Double.NaN);
            if (!Double.isFinite(number)) {
                mistakes.add(field + "." + shown(name), "is too large for a 64-bit floating-point number");
                return;
            }
            numbers.put(name, number);
        });
        return numbers;
    }

    /** The field as it stands; null if it is left out. */
    public @Nullable JsonNode given(String field) {
        JsonNode node = body.get(field);
        return node == null || node.isNull() ? null : node;
    }

    /** Says what was expected and what came instead, without repeating a value that may be long. */
    public static String expected(String what, JsonNode instead) {
        return "must be " + what + ", but is " + typeOf(instead);
    }

    private void entries(String field, Entries limits, BiConsumer<String, JsonNode> each) {
        JsonNode node = given(field);
        if (node == null) {
            return;
        }
        if (!node.isObject()) {
            mistakes.add(field, expected("an object", node));
            return;
        }
        if (node.size() > limits.most()) {
            mistakes.add(field, "has " + node.size() + " entries; at most " + limits.most() + " are accepted");
            return;
        }
        node.properties().forEach(entry -> {
            String objection = Text.objectionTo(entry.getKey(), limits.longestName());
            if (objection == null) {
                each.accept(entry.getKey(), entry.getValue());
            } else {
                mistakes.add(field, "has a name that " + objection);
            }
        });
    }

    private static JsonNode object(byte @Nullable [] body) {
        JsonNode node = parsed(body == null ? new byte[0] : body);
        if (node.isMissingNode()) {
            throw malformed("the body is empty; expected a JSON object");
        }
        if (!node.isObject()) {
            Mistakes mistakes = new Mistakes();
            mistakes.add("body", expected("an object", node));
            mistakes.refuseIfAny();
        }
        return node;
    }

    private static JsonNode parsed(byte[] body) {
        try {
            return Json.parse(body);
        } catch (JacksonException e) {
            throw malformed("the body is not JSON: " + e.getOriginalMessage() + place(e.getLocation()));
        }
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(Problem.of(400, "malformed_json", detail));
    }

    private static String place(@Nullable TokenStreamLocation at) {
        return at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    }

    /** A name that a client chose, cut to what fits into a message. */
    private static String shown(String name) {
        int end = name.offsetByCodePoints(0, Math.min(40, name.codePointCount(0, name.length())));
        return end == name.length() ? name : name.substring(0, end) + "…";
    }

    private static String typeOf(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "an array";
            case BOOLEAN -> "a boolean";
            case NULL -> "null";
            case NUMBER -> "a number";
            case OBJECT -> "an object";
            case STRING -> "a text";
            case BINARY, MISSING, POJO -> "nothing that JSON knows";
        };
    }

    /**
     * Bounds of an object whose names the client chooses.
     *
     * @param most the most entries
     * @param longestName the most characters of a name
     * @param longestValue the most characters of a value, where values are texts
     */
    public record Entries(int most, int longestName, int longestValue) {}
}

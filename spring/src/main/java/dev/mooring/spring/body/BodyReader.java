package dev.mooring.spring.body;

import dev.mooring.settings.ValueType;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the fields of a JSON object and collects what is wrong with them in {@link #mistakes()}. A field that is {@code null}
 * counts as absent. An unknown field is a mistake, so that no field that a client sends is ignored silently. Not thread-safe.
 */
public final class BodyReader {
    private final JsonNode body;
    private final Mistakes mistakes = new Mistakes();

    private BodyReader(JsonNode body) {
        this.body = body;
    }

    /**
     * Parses a body and notes every field of it that is not in {@code known}. Ends the request if the body is not JSON (400
     * {@code malformed_json}) or not an object (422 {@code invalid_request}).
     */
    public static BodyReader of(byte @Nullable [] body, Set<String> known) {
        BodyReader reader = new BodyReader(JsonBody.object(body));
        reader.body
                .propertyNames()
                .forEach(name -> reader.mistakes.addIf(
                        shown(name),
                        known.contains(name) ? null : "is not known; known are " + String.join(", ", known)));
        return reader;
    }

    /** The mistakes so far. Call {@link Mistakes#refuseIfAny()} on them after the last field. */
    public Mistakes mistakes() {
        return mistakes;
    }

    /** A text that must be present and not blank, of at most {@code longest} characters; empty if it is a mistake. */
    public String required(String field, int longest) {
        String value = optional(field, longest);
        if (value == null) {
            mistakes.add(field, "is required");
            return "";
        }
        mistakes.addIf(field, Text.objectionTo(value, longest));
        return value;
    }

    /** A text of at most {@code longest} characters; null if it is absent, empty if it is a mistake. */
    public @Nullable String optional(String field, int longest) {
        JsonNode node = given(field);
        if (node == null) {
            return null;
        }
        if (!node.isString()) {
            mistakes.add(field, Expected.insteadOf("a text", node));
            return "";
        }
        mistakes.addIf(field, Text.objectionToFree(node.stringValue(), longest));
        return node.stringValue();
    }

    /** An array of texts that must be present, without repetitions, in the order of the array; empty if it is a mistake. */
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

    /** A duration in the form of a setting, in seconds where it has no unit; null if it is absent or a mistake. */
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

    /** An object whose values are texts, sorted by name; empty if it is absent, without the entries that are mistakes. */
    public SortedMap<String, String> texts(String field, Entries limits) {
        SortedMap<String, String> texts = new TreeMap<>();
        entries(field, limits, (name, node) -> {
            if (!node.isString()) {
                mistakes.add(field + "." + shown(name), Expected.insteadOf("a text", node));
                return;
            }
            mistakes.addIf(field + "." + shown(name), Text.objectionToFree(node.stringValue(), limits.longestValue()));
            texts.put(name, node.stringValue());
        });
        return texts;
    }

    /** An object whose values are finite numbers, sorted by name; empty if it is absent, without the entries that are mistakes. */
    public SortedMap<String, Double> numbers(String field, Entries limits) {
        SortedMap<String, Double> numbers = new TreeMap<>();
        entries(field, limits, (name, node) -> {
            if (!node.isNumber()) {
                mistakes.add(field + "." + shown(name), Expected.insteadOf("a number", node));
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

    /** The field as Jackson parsed it, for types that this reader has no method for; null if it is absent. */
    public @Nullable JsonNode given(String field) {
        JsonNode node = body.get(field);
        return node == null || node.isNull() ? null : node;
    }

    private void entries(String field, Entries limits, BiConsumer<String, JsonNode> each) {
        JsonNode node = given(field);
        if (node == null) {
            return;
        }
        if (!node.isObject()) {
            mistakes.add(field, Expected.insteadOf("an object", node));
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

    /** A name that a client chose. */
    private static String shown(String name) {
        return Text.shown(name, 40);
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

package dev.mooring.spring.json;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.springframework.boot.json.JsonWriter;

/** A JSON object whose members stay in the order in which the caller adds them. Not thread-safe. */
public final class JsonObject {
    /** Always three digits, so that texts sort as times do. */
    private static final DateTimeFormatter MILLISECONDS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    private static final JsonWriter<Map<String, Object>> WRITER = JsonWriter.standard();

    private final Map<String, Object> members = new LinkedHashMap<>();

    /** Adds a text, number, truth value, list, map or another object. */
    public JsonObject put(String name, Object value) {
        members.put(name, plain(value));
        return this;
    }

    /** Adds the member when there is a value. */
    public JsonObject put(String name, Optional<?> value) {
        value.ifPresent(present -> put(name, present));
        return this;
    }

    /** Adds each element as one member of this object. */
    public <E> JsonObject each(Stream<E> elements, BiConsumer<JsonObject, E> adding) {
        elements.forEach(element -> adding.accept(this, element));
        return this;
    }

    /** The document in UTF-8, with a line end after it: at a terminal the next prompt then begins on a line of its own. */
    public byte[] bytes() {
        return (text() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The document, in one line. */
    public String text() {
        return WRITER.writeToString(members);
    }

    private static Object plain(Object value) {
        if (value instanceof JsonObject object) {
            return object.members;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(JsonObject::plain).toList();
        }
        return value instanceof Instant at ? MILLISECONDS.format(at) : value;
    }
}

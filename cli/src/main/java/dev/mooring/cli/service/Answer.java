package dev.mooring.cli.service;

import dev.mooring.cli.terminal.SafeText;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * An object in an answer of a service, as a person reads it: its texts are safe to print, and what is missing is empty.
 *
 * @param json the object
 */
public record Answer(JsonNode json) {
    /** A member as text; empty where it is missing. */
    public String text(String name) {
        return SafeText.of(json.path(name).asString(""));
    }

    public boolean has(String name) {
        return json.hasNonNull(name);
    }

    public long number(String name) {
        return json.path(name).asLong(0);
    }

    public boolean isTrue(String name) {
        return json.path(name).asBoolean(false);
    }

    /** A member as a moment; empty where it is missing, or none. */
    public Optional<Instant> moment(String name) {
        try {
            return has(name) ? Optional.of(Instant.parse(json.path(name).asString(""))) : Optional.empty();
        } catch (DateTimeParseException none) {
            return Optional.empty();
        }
    }

    public Answer member(String name) {
        return new Answer(json.path(name));
    }

    /** The elements of a list. */
    public List<Answer> list(String name) {
        return json.path(name).valueStream().map(Answer::new).toList();
    }

    /** The texts of a list. */
    public List<String> texts(String name) {
        return json.path(name)
                .valueStream()
                .map(text -> SafeText.of(text.asString("")))
                .toList();
    }

    /** The names of the members of a member. */
    public Stream<String> names(String name) {
        return json.path(name).propertyNames().stream();
    }
}

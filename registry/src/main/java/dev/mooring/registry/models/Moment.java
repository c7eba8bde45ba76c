package dev.mooring.registry.models;

import dev.mooring.spring.body.Mistakes;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A parameter that is a moment, such as {@code 2026-01-01T00:00:00Z}. */
final class Moment {
    /** What PostgreSQL can keep. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private Moment() {}

    /** The moment; empty if there is none. Adds a mistake for a text that is no moment between the years 1 and 9999. */
    static Optional<Instant> read(String name, @Nullable String text, Mistakes mistakes) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            Instant moment = OffsetDateTime.parse(text).toInstant();
            if (!moment.isBefore(EARLIEST) && !moment.isAfter(LATEST)) {
                return Optional.of(moment);
            }
        } catch (DateTimeException noMoment) {
            // Told below.
        }
        mistakes.add(name, "must be a moment such as 2026-01-01T00:00:00Z");
        return Optional.empty();
    }
}

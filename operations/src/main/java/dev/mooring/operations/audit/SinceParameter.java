package dev.mooring.operations.audit;

import dev.mooring.settings.ValueType;
import dev.mooring.spring.body.Mistakes;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parameter {@code since}: a moment, as in {@code 2026-01-01T00:00:00Z}, or how long ago, as in {@code 24h}. */
final class SinceParameter {
    private static final Instant EARLIEST = Instant.EPOCH;

    private SinceParameter() {}

    /** The moment, cut to 1970 until tomorrow; 1970 when {@code text} is null. Adds a mistake for a text that is neither form. */
    static Instant read(@Nullable String text, Instant now, Mistakes mistakes) {
        if (text == null) {
            return EARLIEST;
        }
        Optional<Instant> moment = ago(text, now).or(() -> moment(text));
        if (moment.isEmpty()) {
            mistakes.add("since", "must be a moment such as 2026-01-01T00:00:00Z, or how long ago, such as 24h");
        }
        Instant latest = now.plus(Duration.ofDays(1));
        return moment.filter(EARLIEST::isBefore)
                .map(at -> at.isAfter(latest) ? latest : at)
                .orElse(EARLIEST);
    }

    private static Optional<Instant> ago(String text, Instant now) {
        Optional<Duration> ago = ValueType.DURATION.reader().apply(text);
        return ago.map(now::minus);
    }

    private static Optional<Instant> moment(String text) {
        try {
            Instant moment = OffsetDateTime.parse(text).toInstant();
            return Optional.of(moment);
        } catch (DateTimeParseException noMoment) {
            return Optional.empty();
        }
    }
}

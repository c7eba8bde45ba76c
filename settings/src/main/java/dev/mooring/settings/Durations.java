package dev.mooring.settings;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: seconds without a unit, or {@code 250ms}, {@code 1.5m}, {@code 24h}, {@code PT30S}. */
final class Durations {
    private static final Pattern FORM = Pattern.compile("(\\d{1,15}(?:\\.\\d{0,9})?|\\.\\d{1,9})\\s*(ms|s|m|h|d)?");
    /** About 292 years, the most that a {@code long} holds in nanoseconds, in which waits count. */
    private static final BigDecimal MOST_NANOS = BigDecimal.valueOf(Long.MAX_VALUE);

    /** The units; a user writes the name in lower case. */
    private enum Unit {
        MS(Duration.ofMillis(1)),
        S(Duration.ofSeconds(1)),
        M(Duration.ofMinutes(1)),
        H(Duration.ofHours(1)),
        D(Duration.ofDays(1));

        final long nanos;

        Unit(Duration one) {
            this.nanos = one.toNanos();
        }

        String of(BigDecimal count) {
            return count.toPlainString() + name().toLowerCase(Locale.ROOT);
        }
    }

    private Durations() {}

    static Optional<Duration> parse(String text) {
        Matcher form = FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (form.matches()) {
            Unit unit =
                    form.group(2) == null ? Unit.S : Unit.valueOf(form.group(2).toUpperCase(Locale.ROOT));
            BigDecimal nanos = new BigDecimal(form.group(1)).multiply(BigDecimal.valueOf(unit.nanos));
            return nanos.compareTo(MOST_NANOS) > 0
                    ? Optional.empty()
                    : Optional.of(Duration.ofNanos(nanos.longValue()));
        }
        try {
            Duration iso = Duration.parse(text);
            boolean fits = !iso.isNegative() && iso.compareTo(Duration.ofNanos(Long.MAX_VALUE)) <= 0;
            return fits ? Optional.of(iso) : Optional.empty();
        } catch (DateTimeParseException notIso) {
            return Optional.empty();
        }
    }

    /** A short text that {@link #parse} reads back as the same duration, such as {@code 10s}, {@code 250ms}, {@code 10m}. */
    static String show(Duration duration) {
        long nanos = duration.toNanos();
        for (Unit whole : List.of(Unit.H, Unit.M)) {
            if (nanos != 0 && nanos % whole.nanos == 0) {
                return whole.of(BigDecimal.valueOf(nanos / whole.nanos));
            }
        }
        Unit unit = nanos != 0 && nanos < Unit.S.nanos ? Unit.MS : Unit.S;
        return unit.of(
                BigDecimal.valueOf(nanos).divide(BigDecimal.valueOf(unit.nanos)).stripTrailingZeros());
    }
}

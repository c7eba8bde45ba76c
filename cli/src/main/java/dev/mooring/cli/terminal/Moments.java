package dev.mooring.cli.terminal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Moments as people read them, with the offset of their zone: {@code 03:01:22Z}, {@code yesterday 18:20Z}, {@code 2026-01-31 18:20Z}. */
public final class Moments {
    private static final DateTimeFormatter TODAY = DateTimeFormatter.ofPattern("HH:mm:ssXXX", Locale.ROOT);
    private static final DateTimeFormatter CLOSE = DateTimeFormatter.ofPattern("HH:mmXXX", Locale.ROOT);
    private static final DateTimeFormatter FAR = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mmXXX", Locale.ROOT);

    private static final Pattern UTC = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");

    private final Clock clock;

    /** {@code clock} tells what today is, and the zone. */
    public Moments(Clock clock) {
        this.clock = clock;
    }

    public String text(Instant moment) {
        ZonedDateTime at = moment.atZone(clock.getZone());
        LocalDate today = LocalDate.now(clock);
        if (at.toLocalDate().equals(today)) {
            return TODAY.format(at);
        }
        if (at.toLocalDate().equals(today.minusDays(1))) {
            return "yesterday " + CLOSE.format(at);
        }
        return at.toLocalDate().equals(today.plusDays(1)) ? "tomorrow " + CLOSE.format(at) : FAR.format(at);
    }

    /** A sentence of a service, which has its moments in UTC, with the same moments as this writes them: one line has one zone. */
    public String in(String sentence) {
        return UTC.matcher(sentence).replaceAll(found -> Matcher.quoteReplacement(text(Instant.parse(found.group()))));
    }

    /** How long ago a moment was; 0 for one in the future. */
    public Duration since(Instant moment) {
        Duration ago = Duration.between(moment, clock.instant());
        return ago.isNegative() ? Duration.ZERO : ago;
    }
}

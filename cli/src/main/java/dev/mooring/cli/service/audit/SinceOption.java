package dev.mooring.cli.service.audit;

import dev.mooring.settings.ValueType;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The value of {@code --since}: a moment, or how long ago; the service receives it as the user typed it. */
final class SinceOption implements ITypeConverter<String> {
    @Override
    public String convert(String typed) {
        String text = typed.strip();
        if (ValueType.DURATION.reader().apply(text).isPresent() || isMoment(text)) {
            return text;
        }
        throw new TypeConversionException(
                "expected how long ago, such as 24h, or a moment such as 2026-01-31T18:20:00Z but was '" + typed + "'");
    }

    private static boolean isMoment(String text) {
        try {
            return OffsetDateTime.parse(text).getYear() > 0;
        } catch (DateTimeParseException noMoment) {
            return false;
        }
    }
}

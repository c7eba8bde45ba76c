package dev.mooring.cli.terminal;

import dev.mooring.settings.Setting;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The value of an option that is a duration, written as in a setting: {@code 10}, {@code 250ms}, {@code 2m}; 100 ms or more. */
public final class DurationOption implements ITypeConverter<Duration> {
    private static final Setting<Duration> FORM = Setting.duration("option");
    private static final Duration SHORTEST = Duration.ofMillis(100);

    @Override
    public Duration convert(String typed) {
        Duration read = FORM.type()
                .reader()
                .apply(typed.strip())
                .orElseThrow(
                        () -> new TypeConversionException("expected " + FORM.accepts() + " but was '" + typed + "'"));
        if (read.compareTo(SHORTEST) < 0) {
            throw new TypeConversionException("expected 100ms or more but was '" + typed + "'");
        }
        return read;
    }
}

package dev.mooring.cli.terminal;

import dev.mooring.settings.Setting;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The value of an option that is a duration, written as in a setting: {@code 10}, {@code 250ms}, {@code 2m}. */
public final class DurationOption implements ITypeConverter<Duration> {
    private static final Setting<Duration> FORM = Setting.duration("option");

    @Override
    public Duration convert(String typed) {
        return FORM.type()
                .reader()
                .apply(typed.strip())
                .orElseThrow(
                        () -> new TypeConversionException("expected " + FORM.accepts() + " but was '" + typed + "'"));
    }
}

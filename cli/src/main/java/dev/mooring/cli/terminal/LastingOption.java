package dev.mooring.cli.terminal;

import dev.mooring.settings.ValueType;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The value of an option that says how long something lasts; the service receives it as the user typed it. */
public abstract class LastingOption implements ITypeConverter<String> {
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final Duration longest;
    private final String examples;

    /** Values from 1 s to {@code longest}; {@code examples} end the words "expected a duration such as". */
    protected LastingOption(Duration longest, String examples) {
        this.longest = longest;
        this.examples = examples;
    }

    @Override
    public String convert(String typed) {
        return ValueType.DURATION
                .reader()
                .apply(typed.strip())
                .filter(read -> read.compareTo(SHORTEST) >= 0 && read.compareTo(longest) <= 0)
                .map(read -> typed.strip())
                .orElseThrow(() -> new TypeConversionException(
                        "expected a duration such as " + examples + " but was '" + typed + "'"));
    }
}

package dev.mooring.cli.terminal;

import java.util.Locale;
import picocli.CommandLine.TypeConversionException;

/** The format of a printed result. */
public enum OutputFormat {
    TEXT,
    JSON;

    /** Parses the format, in upper or lower case. */
    public static OutputFormat parse(String typed) {
        return switch (typed.toLowerCase(Locale.ROOT)) {
            case "text" -> TEXT;
            case "json" -> JSON;
            default -> throw new TypeConversionException("expected text or json but was '" + typed + "'");
        };
    }
}

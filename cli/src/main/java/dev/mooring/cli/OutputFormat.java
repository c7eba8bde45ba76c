package dev.mooring.cli;

import java.util.Locale;
import picocli.CommandLine.TypeConversionException;

/** How a result is printed. */
enum OutputFormat {
    TEXT,
    JSON;

    /** Reads it as it is typed, in capitals or not. */
    static OutputFormat parse(String typed) {
        return switch (typed.toLowerCase(Locale.ROOT)) {
            case "text" -> TEXT;
            case "json" -> JSON;
            default -> throw new TypeConversionException("expected text or json but was '" + typed + "'");
        };
    }
}

package dev.mooring.cli.terminal;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.TypeConversionException;

/** The format of a printed result. */
public enum OutputFormat {
    TEXT,
    JSON;

    private static final Set<String> JSON_AT_ONCE = Set.of("-ojson", "-o=json", "--output=json");

    /** Parses the format, in upper or lower case. */
    public static OutputFormat parse(String typed) {
        return switch (typed.toLowerCase(Locale.ROOT)) {
            case "text" -> TEXT;
            case "json" -> JSON;
            default -> throw new TypeConversionException("expected text or json but was '" + typed + "'");
        };
    }

    /** Whether the arguments of a command ask for JSON, also where they cannot be parsed as a whole. */
    public static boolean isJson(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            String next = i + 1 < arguments.size() ? arguments.get(i + 1) : "";
            String argument = arguments.get(i).toLowerCase(Locale.ROOT);
            boolean apart = argument.equals("-o") || argument.equals("--output");
            if (JSON_AT_ONCE.contains(argument) || (apart && next.equalsIgnoreCase("json"))) {
                return true;
            }
        }
        return false;
    }
}

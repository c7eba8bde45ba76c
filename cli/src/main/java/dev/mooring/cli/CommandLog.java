package dev.mooring.cli;

import java.util.Arrays;

/**
 * Chooses where the libraries log. A service has a log; a command prints by itself what its user wants to know, so there the libraries log
 * nothing. Must run before any class asks for a logger.
 */
final class CommandLog {
    private CommandLog() {}

    /** Chooses by the arguments of the program. */
    static void choose(String[] arguments) {
        boolean isService = Arrays.stream(arguments)
                .filter(argument -> !argument.startsWith("-"))
                .findFirst()
                .filter("serve"::equals)
                .isPresent();
        if (!isService) {
            System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
            System.setProperty("slf4j.internal.verbosity", "WARN");
        }
    }
}

package dev.mooring.cli;

/**
 * Chooses where the libraries log. A service has a log; a command prints by itself what its user wants to know, so there the libraries log
 * nothing. Must run before any class asks for a logger.
 */
final class CommandLog {
    private CommandLog() {}

    /** Chooses the log of the service, or that of any other command. */
    static void choose(boolean isService) {
        if (!isService) {
            System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
            System.setProperty("slf4j.internal.verbosity", "WARN");
            System.setProperty("java.util.logging.config.class", NoJavaLog.class.getName());
        }
    }
}

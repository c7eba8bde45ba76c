package dev.mooring.registry.service;

import java.io.PrintWriter;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The messages of the service while it starts: lines for a person at a terminal, or log lines for machines. */
@FunctionalInterface
interface Face {
    /** The width of the first column, which holds the subject. */
    int COLUMN = 11;

    /**
     * Writes a message.
     *
     * @param subject its subject, one word
     * @param said the message
     * @param hint further advice; may be empty
     */
    void say(String subject, String said, String hint);

    /** For a terminal. */
    static Face terminal(PrintWriter out) {
        return (subject, said, hint) -> {
            out.println(column(subject) + said);
            if (!hint.isEmpty()) {
                out.println(column("") + hint);
            }
        };
    }

    /** For a log. */
    static Face log() {
        Logger log = LoggerFactory.getLogger("dev.mooring.registry.service");
        return (subject, said, hint) -> log.info("{}: {}{}", subject, said, hint.isEmpty() ? "" : " (" + hint + ")");
    }

    private static String column(String text) {
        return String.format(Locale.ROOT, "%-" + COLUMN + "s", text);
    }
}

package dev.mooring.embedded;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one embedded server.
 *
 * @param setting what the person who chose the folder calls it; each complaint begins with it
 * @param path the folder
 */
record Home(String setting, Path path) {
    /** Where the server's own files are. */
    Path data() {
        return path.resolve("postgres");
    }

    /** Refuses the folder: {@code rest} says why, and what would be right. */
    EmbeddedPostgresException refused(String rest) {
        return refused(rest, null);
    }

    EmbeddedPostgresException refused(String rest, @Nullable Throwable cause) {
        return new EmbeddedPostgresException(setting + " is \"" + path + "\"" + rest, cause);
    }
}

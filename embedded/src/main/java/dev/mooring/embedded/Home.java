package dev.mooring.embedded;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one embedded server.
 *
 * @param setting the name of the setting that holds the folder; each error message begins with it
 * @param path the folder
 */
record Home(String setting, Path path) {
    /** The server's data directory. */
    Path data() {
        return path.resolve("postgres");
    }

    /** Refuses the folder: {@code rest} says why, and what is expected. */
    EmbeddedPostgresException refused(String rest) {
        return refused(rest, null);
    }

    EmbeddedPostgresException refused(String rest, @Nullable Throwable cause) {
        return new EmbeddedPostgresException(setting + " is \"" + path + "\"" + rest, cause);
    }
}

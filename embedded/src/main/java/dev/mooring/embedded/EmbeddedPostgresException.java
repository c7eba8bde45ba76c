package dev.mooring.embedded;

import org.jspecify.annotations.Nullable;

/** The embedded PostgreSQL cannot be used as it is; the message is one line for the person who started it. */
public final class EmbeddedPostgresException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EmbeddedPostgresException(String message) {
        super(message);
    }

    EmbeddedPostgresException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

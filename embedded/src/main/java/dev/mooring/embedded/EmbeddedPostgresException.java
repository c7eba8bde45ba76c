package dev.mooring.embedded;

import org.jspecify.annotations.Nullable;

/** The embedded PostgreSQL cannot start or cannot use its folder; the message is one line for the operator. */
public final class EmbeddedPostgresException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EmbeddedPostgresException(String message) {
        super(message);
    }

    EmbeddedPostgresException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

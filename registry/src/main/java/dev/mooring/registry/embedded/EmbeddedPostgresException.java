package dev.mooring.registry.embedded;

/** The embedded PostgreSQL cannot be used as it is; the message is one line for the person who started it. */
public final class EmbeddedPostgresException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EmbeddedPostgresException(String message) {
        super(message);
    }

    EmbeddedPostgresException(String message, Throwable cause) {
        super(message, cause);
    }
}

package dev.mooring.postgres;

/** The schema does not fit this build. The message says in one line what is wrong. */
public final class SchemaException extends RuntimeException {
    private static final long serialVersionUID = 1;

    SchemaException(String message) {
        super(message);
    }

    SchemaException(String message, Throwable cause) {
        super(message, cause);
    }
}

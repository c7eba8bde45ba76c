package dev.mooring.postgres;

/** The schema is not as this build needs it. The message says what is wrong with it, in one line. */
public final class SchemaException extends RuntimeException {
    private static final long serialVersionUID = 1;

    SchemaException(String message) {
        super(message);
    }

    SchemaException(String message, Throwable cause) {
        super(message, cause);
    }
}

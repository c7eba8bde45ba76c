package dev.mooring.http;

import dev.mooring.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/** The request certainly did not reach the backend: there was no connection, or no time left to make one. */
public final class NotSentException extends HttpCallException {
    private static final long serialVersionUID = 1;

    NotSentException(String message, @Nullable FailureKind kind, @Nullable Throwable cause) {
        super(message, kind, cause);
    }
}

package dev.mooring.http;

import dev.mooring.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * The request may have reached the backend, and no whole reply came: the backend has done what was asked, or has not, or does it later.
 */
public final class OutcomeUnknownException extends HttpCallException {
    private static final long serialVersionUID = 1;

    OutcomeUnknownException(String message, @Nullable FailureKind kind, @Nullable Throwable cause) {
        super(message, kind, cause);
    }
}

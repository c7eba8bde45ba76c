package dev.mooring.http;

import dev.mooring.failure.FailureKind;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call brought no good reply. The subclass says what the backend can have done: nothing ({@link NotSentException}), perhaps everything
 * ({@link OutcomeUnknownException}), or it answered ({@link UnexpectedReplyException}). Its message holds no header, no query and no body.
 */
public abstract sealed class HttpCallException extends IOException
        permits NotSentException, OutcomeUnknownException, UnexpectedReplyException {
    private static final long serialVersionUID = 1;

    private final @Nullable FailureKind kind;

    HttpCallException(String message, @Nullable FailureKind kind, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What went wrong; empty when that says nothing against the backend, as when the caller was interrupted. */
    public Optional<FailureKind> kind() {
        return Optional.ofNullable(kind);
    }
}

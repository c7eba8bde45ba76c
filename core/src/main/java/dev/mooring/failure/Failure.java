package dev.mooring.failure;

import java.time.Instant;
import java.util.Objects;

/**
 * One failure of a dependency as it may be shown to anybody.
 *
 * @param kind what went wrong
 * @param message what happened, in one line that names the dependency's address and never holds a secret
 * @param at when it was seen
 */
public record Failure(FailureKind kind, String message, Instant at) {
    public Failure {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(at, "at");
    }

    @Override
    public String toString() {
        return kind.code() + ": " + message;
    }
}

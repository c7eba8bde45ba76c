package dev.mooring.probe;

import dev.mooring.failure.FailureKind;
import java.util.Objects;

/**
 * Something wrong with a dependency that still works: it makes the status {@code degraded}, never {@code down}.
 *
 * @param kind the stable code
 * @param message one line for people, without secrets
 */
public record Finding(FailureKind kind, String message) {
    public Finding {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(message, "message");
    }
}

package dev.mooring.diagnosis;

import java.util.Objects;

/**
 * A check that failed.
 *
 * @param check the check
 * @param message what was found, in one line without secrets
 */
public record Fault(Check check, String message) {
    public Fault {
        Objects.requireNonNull(check, "check");
        Objects.requireNonNull(message, "message");
    }
}

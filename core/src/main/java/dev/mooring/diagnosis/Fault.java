package dev.mooring.diagnosis;

import dev.mooring.failure.Failure;
import java.util.Objects;

/**
 * A check that failed.
 *
 * @param check the check, with the causes that the message leaves
 * @param message what was found, in one line without secrets; longer texts and control characters are cut off
 */
public record Fault(Check check, String message) {
    public Fault {
        Objects.requireNonNull(check, "check");
        message = Failure.oneLine(message);
        check = check.given(message);
    }
}

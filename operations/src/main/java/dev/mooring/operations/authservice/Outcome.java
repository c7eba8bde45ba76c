package dev.mooring.operations.authservice;

import dev.mooring.failure.FailureKind;
import dev.mooring.operations.access.Caller;
import java.time.Duration;
import java.util.Optional;

/** What came of asking the auth service for a key. */
sealed interface Outcome {
    /** The key is valid and belongs to this caller. */
    record Valid(Caller caller) implements Outcome {}

    /** The auth service does not know the key, or the key is revoked. */
    record Invalid() implements Outcome {}

    /**
     * There is no clear answer.
     *
     * @param retryAfter when asking again may help
     */
    record Unclear(Duration retryAfter, Optional<FailureKind> kind) implements Outcome {
        /** Nothing says why. */
        Unclear(Duration retryAfter) {
            this(retryAfter, Optional.empty());
        }
    }
}

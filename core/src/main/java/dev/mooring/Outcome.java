package dev.mooring;

import dev.mooring.breaker.MooringException;
import dev.mooring.failure.FailureClassifier;
import dev.mooring.failure.FailureKind;
import java.util.Optional;

/** Decides whether a failed call speaks against the dependency that it went to. */
final class Outcome {
    private Outcome() {}

    /** A refusal by Mooring, of this dependency or of one behind it, and an {@link Error} say nothing about the dependency. */
    static Optional<FailureKind> kindOf(Throwable error, FailureClassifier classifier) {
        return error instanceof MooringException || error instanceof Error
                ? Optional.empty()
                : classifier.classify(error);
    }
}

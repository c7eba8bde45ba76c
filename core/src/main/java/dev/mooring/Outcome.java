package dev.mooring;

import dev.mooring.breaker.MooringException;
import dev.mooring.breaker.Permit;
import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureClassifier;
import dev.mooring.failure.FailureKind;
import java.util.Optional;

/** Says on a permit how a call ended. */
final class Outcome {
    private Outcome() {}

    /** A refusal by Mooring itself, of this dependency or of one behind it, says nothing about the one that was called. */
    static Optional<FailureKind> kindOf(Throwable error, FailureClassifier classifier) {
        return error instanceof MooringException || error instanceof Error
                ? Optional.empty()
                : classifier.classify(error);
    }

    static void failed(Permit permit, Throwable error, Dependency dependency) {
        Failure.of(
                        error,
                        e -> kindOf(e, dependency.classifier()),
                        dependency.time().now())
                .ifPresentOrElse(permit::failure, permit::ignore);
    }
}

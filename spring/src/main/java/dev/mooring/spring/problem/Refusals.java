package dev.mooring.spring.problem;

import dev.mooring.breaker.BreakerState;
import dev.mooring.breaker.DependencySaturatedException;
import dev.mooring.breaker.DependencyUnavailableException;
import dev.mooring.failure.FailureClassifier;
import dev.mooring.failure.FailureKind;
import java.util.Objects;
import java.util.Optional;

/** Answers Mooring's own exceptions, wherever they stand in the chain of causes. */
final class Refusals implements ProblemReader {
    @Override
    public Optional<Problem> read(Throwable error) {
        return FailureClassifier.causes(error).stream()
                .flatMap(cause -> one(cause).stream())
                .findFirst();
    }

    private static Optional<Problem> one(Throwable error) {
        if (error instanceof ProblemException ended) {
            return Optional.of(ended.problem());
        }
        if (error instanceof DependencySaturatedException full) {
            return Optional.of(Problem.saturated(Objects.toString(full.getMessage(), full.dependency() + " is full."))
                    .with("kind", FailureKind.SATURATED.code()));
        }
        if (error instanceof DependencyUnavailableException refused) {
            return Optional.of(Problem.unavailable(refused.dependency(), refused.getMessage(), refused.retryAfter())
                    .with("kind", kind(refused)));
        }
        return Optional.empty();
    }

    /** The word that {@code error} of the health has: the kind of the failure, or what keeps calls away without one. */
    private static String kind(DependencyUnavailableException refused) {
        return refused.state() == BreakerState.FORCED_OPEN
                ? "forced_open"
                : refused.lastFailure().map(failure -> failure.kind().code()).orElse("starting");
    }
}

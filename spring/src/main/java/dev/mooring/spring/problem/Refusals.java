package dev.mooring.spring.problem;

import dev.mooring.breaker.DependencySaturatedException;
import dev.mooring.breaker.DependencyUnavailableException;
import dev.mooring.failure.FailureClassifier;
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
            return Optional.of(Problem.saturated(Objects.toString(full.getMessage(), full.dependency() + " is full.")));
        }
        if (error instanceof DependencyUnavailableException refused) {
            return Optional.of(Problem.unavailable(refused.dependency(), refused.getMessage(), refused.retryAfter()));
        }
        return Optional.empty();
    }
}

package dev.mooring.registry.control;

import dev.mooring.postgres.control.ControlUnavailableException;
import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemReader;
import java.util.Objects;
import java.util.Optional;

/** A call that needed the control connection and did not get it. */
final class ControlProblems implements ProblemReader {
    @Override
    public Optional<Problem> read(Throwable error) {
        return error instanceof ControlUnavailableException away
                ? Optional.of(Problem.unavailable(
                        away.dependency(),
                        Objects.toString(away.getMessage(), "The database is away."),
                        away.retryAfter()))
                : Optional.empty();
    }
}

package dev.mooring.operations.control;

import dev.mooring.postgres.control.ControlUnavailableException;
import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemReader;
import java.util.Objects;
import java.util.Optional;

/** The answer to a call whose work the control connection did not do, because the database is away. */
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

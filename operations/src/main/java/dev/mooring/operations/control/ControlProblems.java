package dev.mooring.operations.control;

import dev.mooring.postgres.control.ControlUnavailableException;
import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemReader;
import java.util.Objects;
import java.util.Optional;

/** Answers a request with 503 when the control connection did not do its work, or when tables of operations are missing. */
final class ControlProblems implements ProblemReader {
    @Override
    public Optional<Problem> read(Throwable error) {
        if (error instanceof MissingTables) {
            return Optional.of(SchemaMissing.problem());
        }
        return error instanceof ControlUnavailableException away ? Optional.of(away(away)) : Optional.empty();
    }

    private static Problem away(ControlUnavailableException away) {
        Problem problem = Problem.unavailable(
                away.dependency(), Objects.toString(away.getMessage(), "The database is away."), away.retryAfter());
        return away.kind().map(kind -> problem.with("kind", kind.code())).orElse(problem);
    }
}

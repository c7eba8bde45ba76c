package dev.mooring.registry.models;

import dev.mooring.operations.control.SchemaMissing;
import dev.mooring.registry.store.LimitReachedException;
import dev.mooring.registry.store.UnclearCommitException;
import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemReader;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.springframework.dao.DataIntegrityViolationException;

/** The answers to failures of the database that do not mean that the database is away. */
final class ModelFailures implements ProblemReader {
    /** The SQL states for a character that the encoding of the database does not have. */
    private static final Set<String> NOT_IN_ENCODING = Set.of("22P05", "22021");

    @Override
    public Optional<Problem> read(Throwable error) {
        if (error instanceof LimitReachedException reached) {
            return Optional.of(Problem.of(422, reached.code(), String.valueOf(reached.getMessage())));
        }
        if (error instanceof UnclearCommitException unclear) {
            return Optional.of(ModelProblems.outcomeUnknown(unclear));
        }
        if (SchemaMissing.isBehind(error)) {
            return Optional.of(SchemaMissing.problem());
        }
        boolean foreign = error instanceof DataIntegrityViolationException
                && error.getCause() instanceof SQLException cause
                && NOT_IN_ENCODING.contains(cause.getSQLState());
        return foreign ? Optional.of(ModelProblems.notInEncoding()) : Optional.empty();
    }
}

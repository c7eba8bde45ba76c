package dev.mooring.spring.problem;

import dev.mooring.failure.FailureClassifier;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.UnexpectedRollbackException;

/**
 * Answers database exceptions of calls that the breaker admitted: with 503 where the database failed or refused. An exception
 * that the statement caused is not among them.
 */
final class DatabaseFailures implements ProblemReader {
    /**
     * The server takes no writes, for example because it is a standby, its disk is full, or the user lacks a right. Spring has no exceptions of
     * its own for them, or reports a mistake in the statement.
     */
    private static final Set<String> REFUSALS = Set.of("25006", "53100", "42501");
    /** An application may have transactions without the module of this class. */
    private static final String NO_CONNECTION = "org.springframework.jdbc.CannotGetJdbcConnectionException";

    @Override
    public Optional<Problem> read(Throwable error) {
        if (!(error instanceof DataAccessException || error instanceof TransactionException)) {
            return Optional.empty();
        }
        if (error instanceof OptimisticLockingFailureException || error instanceof UnexpectedRollbackException) {
            return Optional.empty();
        }
        if (refuses(error)) {
            return Optional.of(DatabaseProblem.ofCall(error));
        }
        if (error instanceof CannotCreateTransactionException
                || error.getClass().getName().equals(NO_CONNECTION)) {
            return Optional.of(DatabaseProblem.withoutConnection(error));
        }
        boolean passes = error instanceof TransientDataAccessException
                || error instanceof RecoverableDataAccessException
                || error instanceof NonTransientDataAccessResourceException
                || error instanceof TransactionException;
        return passes ? Optional.of(DatabaseProblem.ofCall(error)) : Optional.empty();
    }

    private static boolean refuses(Throwable error) {
        return FailureClassifier.causes(error).stream()
                .anyMatch(cause ->
                        cause instanceof SQLException sql && REFUSALS.contains(String.valueOf(sql.getSQLState())));
    }
}

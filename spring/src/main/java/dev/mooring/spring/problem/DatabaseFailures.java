package dev.mooring.spring.problem;

import dev.mooring.failure.FailureClassifier;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
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
    private static final Duration SOON = Duration.ofSeconds(1);
    /** The server takes no writes, for example because it is a standby. Spring has no exception of its own for it. */
    private static final String READ_ONLY = "25006";
    /** An application may have transactions without the module of this class. */
    private static final String NO_CONNECTION = "org.springframework.jdbc.CannotGetJdbcConnectionException";
    /** The user lacks a right. Spring reports it as a mistake in the statement. */
    private static final String PERMISSION_DENIED = "42501";

    @Override
    public Optional<Problem> read(Throwable error) {
        if (!(error instanceof DataAccessException || error instanceof TransactionException)) {
            return Optional.empty();
        }
        if (error instanceof OptimisticLockingFailureException || error instanceof UnexpectedRollbackException) {
            return Optional.empty();
        }
        if (has(error, READ_ONLY)) {
            return Optional.of(unavailable("The database takes no writes now; nothing was changed."));
        }
        if (has(error, PERMISSION_DENIED)) {
            return Optional.of(
                    unavailable("The database refuses this service a right that it needs; nothing was changed."
                            + " Waiting helps only once the right is granted."));
        }
        if (error instanceof CannotCreateTransactionException
                || error.getClass().getName().equals(NO_CONNECTION)) {
            return Optional.of(
                    unavailable("The database gave no connection for this call in time; nothing was changed."));
        }
        boolean passes = error instanceof TransientDataAccessException
                || error instanceof RecoverableDataAccessException
                || error instanceof NonTransientDataAccessResourceException
                || error instanceof TransactionException;
        return passes
                ? Optional.of(
                        unavailable("The database did not carry this call out in time, or the connection to it broke."))
                : Optional.empty();
    }

    private static Problem unavailable(String detail) {
        return Problem.unavailable("database", detail, SOON);
    }

    private static boolean has(Throwable error, String state) {
        return FailureClassifier.causes(error).stream()
                .anyMatch(cause -> cause instanceof SQLException sql && state.equals(sql.getSQLState()));
    }
}

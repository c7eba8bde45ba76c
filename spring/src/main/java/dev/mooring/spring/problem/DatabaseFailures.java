package dev.mooring.spring.problem;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;

/** Calls that the database could not carry out, although it was not known to be down when they were made. */
final class DatabaseFailures implements ProblemReader {
    private static final int DEEPEST = 20;
    private static final Duration SOON = Duration.ofSeconds(1);
    /** A database that takes no writes now, which Spring has no exception for: read-only, or a standby. */
    private static final Set<String> READ_ONLY = Set.of("25006");

    @Override
    public Optional<Problem> read(Throwable error) {
        if (!(error instanceof DataAccessException || error instanceof TransactionException)) {
            return Optional.empty();
        }
        if (has(error, READ_ONLY)) {
            return Optional.of(unavailable("The database takes no writes now; nothing was changed."));
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

    private static boolean has(Throwable error, Set<String> states) {
        return Stream.iterate(error, Objects::nonNull, Throwable::getCause)
                .limit(DEEPEST)
                .anyMatch(cause -> cause instanceof SQLException sql
                        && sql.getSQLState() != null
                        && states.contains(sql.getSQLState()));
    }
}

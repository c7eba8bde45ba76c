package dev.mooring.operations.control;

import dev.mooring.failure.FailureClassifier;
import dev.mooring.failure.FailureKind;
import dev.mooring.spring.problem.Problem;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import org.springframework.dao.DataAccessException;

/** The error of a call whose statement, one of ours, misses a table or a column: the database is not the one that the start prepared. */
public final class SchemaMissing {
    /** A schema, table or column does not exist. */
    private static final Set<String> NOT_THERE = Set.of("3F000", "42P01", "42703");

    private static final Duration SOON = Duration.ofSeconds(1);

    private SchemaMissing() {}

    /** Whether the database refused a statement because a schema, a table or a column does not exist. */
    public static boolean isBehind(Throwable error) {
        return error instanceof DataAccessException
                && FailureClassifier.causes(error).stream()
                        .anyMatch(cause -> cause instanceof SQLException sql
                                && NOT_THERE.contains(String.valueOf(sql.getSQLState())));
    }

    /** 503 {@code schema_missing}. Waiting helps where the service can make what is missing. */
    public static Problem problem() {
        return Problem.of(
                        503,
                        FailureKind.SCHEMA_MISSING.code(),
                        "The database lacks a table or a column that this service needs; nothing was changed. It was made"
                                + " anew, restored from an older dump, or changed by hand. Where the database is empty the"
                                + " service makes its tables again by itself.")
                .withRetryAfter(SOON);
    }
}

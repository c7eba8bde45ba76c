package dev.mooring.spring.problem;

import dev.mooring.failure.FailureClassifier;
import dev.mooring.failure.FailureKind;
import dev.mooring.postgres.Postgres;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import org.springframework.dao.QueryTimeoutException;

/** The answer 503 for a call that failed at the database: {@code detail} names the cause, the member {@code kind} has the kind of the failure. */
final class DatabaseProblem {
    private static final Duration SOON = Duration.ofSeconds(1);
    /** The server cancelled the statement. */
    private static final String CANCELLED = "57014";

    private DatabaseProblem() {}

    /** The problem of a statement that failed, or whose connection did. */
    static Problem ofCall(Throwable error) {
        FailureKind kind = kind(error);
        return of(
                kind,
                switch (kind) {
                    case READ_ONLY -> "The database takes no writes now; nothing was changed.";
                    case PERMISSION_DENIED ->
                        "The database refuses this service a right that it needs; nothing was changed."
                                + " Waiting helps only once the right is granted.";
                    case DISK_FULL -> "The disk of the database is full, so it took no write; nothing was changed.";
                    case STATEMENT_TIMEOUT, RESPONSE_TIMEOUT, CONNECT_TIMEOUT ->
                        "The database did not carry this call out in time.";
                    case SHUTTING_DOWN -> "The database server stopped during this call.";
                    case CONNECTION_LOST -> "The connection to the database broke during this call.";
                    default -> "The database did not carry this call out in time, or the connection to it broke.";
                });
    }

    /** The problem of a call that got no connection. */
    static Problem withoutConnection(Throwable error) {
        return of(kind(error), "The database gave no connection for this call in time; nothing was changed.");
    }

    private static Problem of(FailureKind kind, String detail) {
        return Problem.unavailable("database", detail, SOON).with("kind", kind.code());
    }

    /** The kind; where nothing speaks against the database, what the time limit says that ended the call. */
    private static FailureKind kind(Throwable error) {
        return Postgres.failures().classify(error).orElseGet(() -> FailureClassifier.causes(error).stream()
                .map(DatabaseProblem::ofLimit)
                .filter(kind -> kind != FailureKind.UNKNOWN)
                .findFirst()
                .orElse(FailureKind.UNKNOWN));
    }

    private static FailureKind ofLimit(Throwable cause) {
        if (cause instanceof SQLException sql && CANCELLED.equals(sql.getSQLState())) {
            return FailureKind.STATEMENT_TIMEOUT;
        }
        return cause instanceof SQLTimeoutException || cause instanceof QueryTimeoutException
                ? FailureKind.RESPONSE_TIMEOUT
                : FailureKind.UNKNOWN;
    }
}

package dev.mooring.messages.queue.postgres;

import dev.mooring.breaker.MooringException;
import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureClassifier;
import dev.mooring.failure.FailureKind;
import dev.mooring.postgres.Postgres;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Set;

/** The database that a handler changes is away, so its message waits and no attempt counts. */
final class DatabaseAwayException extends MooringException {
    private static final long serialVersionUID = 1;

    /** What says nothing about the message. A statement that takes too long may be the fault of its message. */
    private static final Set<FailureKind> AWAY = EnumSet.of(
            FailureKind.NAME_NOT_RESOLVED,
            FailureKind.CONNECTION_REFUSED,
            FailureKind.CONNECT_TIMEOUT,
            FailureKind.TLS_FAILED,
            FailureKind.AUTHENTICATION_FAILED,
            FailureKind.DATABASE_MISSING,
            FailureKind.TOO_MANY_CONNECTIONS,
            FailureKind.HOST_NOT_ALLOWED,
            FailureKind.STARTING_UP,
            FailureKind.SHUTTING_DOWN,
            FailureKind.READ_ONLY,
            FailureKind.DISK_FULL,
            FailureKind.CONNECTION_LOST,
            FailureKind.RESPONSE_TIMEOUT);

    private DatabaseAwayException(String group, SQLException cause) {
        super("database", "group " + group + " cannot work: " + Failure.oneLine(cause));
    }

    /** Ends the attempt with this exception if the failure means that the database is away, or that Mooring refused the call. */
    static void throwIfAway(String group, SQLException failed) {
        boolean refused = FailureClassifier.causes(failed).stream().anyMatch(MooringException.class::isInstance);
        if (refused
                || FailureClassifier.fenced(Postgres.failures())
                        .classify(failed)
                        .filter(AWAY::contains)
                        .isPresent()) {
            throw new DatabaseAwayException(group, failed);
        }
    }
}

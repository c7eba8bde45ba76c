package dev.mooring.postgres.control;

import dev.mooring.failure.FailureClassifier;
import dev.mooring.failure.FailureKind;
import dev.mooring.postgres.Postgres;
import dev.mooring.postgres.connect.PostgresFailures;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session of the control connection. It opens when a call needs it, and closes when it is broken. Only the control thread uses it;
 * any thread may cut its line.
 */
final class Session {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    /** The server's limit ends this much earlier than the client's, because a client that gives up first leaves a server process behind. */
    private static final Duration SERVER_IS_FIRST = Duration.ofMillis(250);

    /** With less time than that a repetition or a new session would only end in a time-out. */
    private static final Duration WORTH_REPEATING = Duration.ofMillis(100);

    /** Failures after which the session still works. */
    private static final Set<FailureKind> SESSION_GOES_ON =
            EnumSet.of(FailureKind.STATEMENT_TIMEOUT, FailureKind.DISK_FULL, FailureKind.PERMISSION_DENIED);

    private final Postgres postgres;
    private @Nullable Connection connection;
    private int opened;

    /** The sockets of the session. The control thread writes it, the thread that closes the connection reads it. */
    private volatile Line line = new Line();

    Session(Postgres postgres) {
        this.postgres = postgres;
    }

    Line line() {
        return line;
    }

    /** The number of the open session, from 1; zero while none is open. */
    int number() {
        return connection == null ? 0 : opened;
    }

    /** How many sessions it has opened. */
    int opened() {
        return opened;
    }

    /** The channels of the notifications that have arrived since the last time; never waits. */
    List<String> notifications() {
        Connection kept = connection;
        if (kept == null) {
            return List.of();
        }
        try {
            PGNotification[] arrived = kept.unwrap(PGConnection.class).getNotifications();
            return arrived == null
                    ? List.of()
                    : Stream.of(arrived).map(PGNotification::getName).toList();
        } catch (SQLException broken) {
            LOG.debug("the kept session broke", broken);
            giveUp();
            return List.of();
        }
    }

    /**
     * Does the work of a call in one transaction, and commits it unless the caller has given up. Does it again, within the caller's limit,
     * when the server rolled it back because of a conflict with another transaction.
     */
    <T> T transact(Call<T> call) throws SQLException {
        while (true) {
            try {
                return transactOnce(call);
            } catch (SQLException | RuntimeException failed) {
                boolean again = Postgres.isRolledBackByConflict(failed)
                        && call.mayRepeat()
                        && call.left().compareTo(WORTH_REPEATING) > 0;
                if (!again) {
                    throw failed;
                }
                LOG.debug("the work on the control connection is done again", failed);
            }
        }
    }

    private <T> T transactOnce(Call<T> call) throws SQLException {
        Connection present = begun(call);
        try {
            T result = call.work().on(present);
            if (!call.mayCommit()) {
                throw new CancellationException("given up before the commit");
            }
            limitAnswers(present, call);
            present.commit();
            return result;
        } catch (Throwable failed) {
            undo(present, failed, call);
            throw failed;
        }
    }

    /** A connection whose transaction has begun. Opens a new one if the kept one is broken. */
    private Connection begun(Call<?> call) throws SQLException {
        Connection kept = connection;
        if (kept != null) {
            try {
                begin(kept, call);
                return kept;
            } catch (SQLException broken) {
                LOG.debug("the kept session broke", broken);
                giveUp();
                if (call.left().compareTo(WORTH_REPEATING) <= 0) {
                    // The server did not answer: a log-in in what is left of the time would only fail too.
                    throw broken;
                }
                call.moveTo(line);
            }
        }
        Connection fresh = open(call);
        try {
            begin(fresh, call);
            return fresh;
        } catch (SQLException broken) {
            giveUp();
            throw broken;
        }
    }

    private Connection open(Call<?> call) throws SQLException {
        Connection fresh = postgres.openBesidePool(call.left(), line::carriedBy);
        connection = fresh;
        opened++;
        fresh.setAutoCommit(false);
        return fresh;
    }

    private static void begin(Connection connection, Call<?> call) throws SQLException {
        limitAnswers(connection, call);
        long millis = Math.max(1, call.left().minus(SERVER_IS_FIRST).toMillis());
        try (Statement begin = connection.createStatement()) {
            // Of the transaction and not of the session, because behind a pooler a session keeps nothing.
            begin.execute("set transaction isolation level read committed; set local statement_timeout = " + millis
                    + "; set local lock_timeout = " + millis);
        }
    }

    private static void limitAnswers(Connection connection, Call<?> call) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, (int) call.left().toMillis());
    }

    /** The kind of a failure of the database; empty if {@code failed} did not come from it, or is no evidence against it. */
    static Optional<FailureKind> kindOf(Throwable failed, Call<?> call) {
        FailureClassifier classifier = PostgresFailures.underOurLimit(
                Postgres.failures(), () -> call.left().compareTo(SERVER_IS_FIRST) <= 0);
        return saidByTheDatabase(failed) ? classifier.classify(failed) : Optional.empty();
    }

    /** Whether the driver threw it, or a cause of it: the work may have wrapped what the driver threw. */
    private static boolean saidByTheDatabase(Throwable failed) {
        return FailureClassifier.causes(failed).stream().anyMatch(SQLException.class::isInstance);
    }

    private void undo(Connection present, Throwable failed, Call<?> call) {
        boolean well = kindOf(failed, call).map(SESSION_GOES_ON::contains).orElse(true);
        if (!well || call.isGivenUp()) {
            giveUp();
            return;
        }
        try {
            present.rollback();
        } catch (SQLException broken) {
            LOG.debug("rolling back on the control connection", broken);
            giveUp();
        }
    }

    /** Closes the session without a message to the server, which may not read it. */
    void giveUp() {
        line.cut();
        line = new Line();
        Connection broken = connection;
        connection = null;
        if (broken != null) {
            close(broken);
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("closing the control connection", e);
        }
    }
}

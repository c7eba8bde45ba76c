package dev.mooring.messages;

import dev.mooring.event.MooringEvent.DeliveryOutcome;
import dev.mooring.failure.FailureKind;
import dev.mooring.retry.Backoff;
import dev.mooring.time.Time;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Records how a delivery ended: the message ends, and the next of its key leads; or it waits. Changes nothing when the relay no longer holds
 * the message. Thread-safe.
 */
final class Recorder {
    private static final String END = KeyLock.SQL + """
            ; update mooring.outbox
            set state = ?, ended_at = clock_timestamp(), leads = false, refusals = refusals + ?, cause_kind = ?, cause_message = ?
            where message_id = ? and claimed_by = ? and state = 'pending'""";

    private static final String NEXT = """
            update mooring.outbox set leads = true
            where message_id = (select message_id from mooring.outbox
                                where destination = ? and ordering_key = ? and state = 'pending' order by seq limit 1)""";

    private static final String WAIT = """
            update mooring.outbox
            set claimed_by = null, due_at = clock_timestamp() + ? * interval '1 microsecond', refusals = refusals + ?,
                cause_kind = ?, cause_message = ?
            where message_id = ? and claimed_by = ? and state = 'pending'""";

    private static final String ENDED_BY_US =
            "select state <> 'pending' from mooring.outbox where message_id = ? and claimed_by = ?";

    private final DataSource database;
    private final int attempts;
    private final Backoff backoff;
    private final Time time;

    Recorder(DataSource database, RelayPlan plan, Time time) {
        this.database = database;
        this.attempts = plan.attempts();
        this.backoff = plan.backoff();
        this.time = time;
    }

    /**
     * Records the result; safe to repeat after a commit whose outcome is unknown.
     *
     * @return what it means for the message; empty when the relay no longer holds it
     */
    Optional<DeliveryOutcome> record(Claimed held, Result result) throws SQLException {
        if (result instanceof Result.Delivered delivered) {
            return end(held, DeliveryOutcome.DELIVERED, null, "", delivered.also());
        }
        if (result instanceof Result.Rejected rejected) {
            return end(held, DeliveryOutcome.REJECTED, rejected.kind(), rejected.message(), rejected.also());
        }
        if (result instanceof Result.Later later) {
            return wait(held, DeliveryOutcome.LATER, later.kind(), later.message());
        }
        Result.Refused refused = (Result.Refused) result;
        return held.refusals() + 1 >= attempts
                ? end(held, DeliveryOutcome.DEAD, refused.kind(), refused.message(), Result.Recording.NOTHING)
                : wait(held, DeliveryOutcome.REFUSED, refused.kind(), refused.message());
    }

    private Optional<DeliveryOutcome> end(
            Claimed held, DeliveryOutcome how, @Nullable FailureKind kind, String cause, Result.Recording also)
            throws SQLException {
        return Work.transact(database, connection -> {
            if (markEnded(connection, held, how, kind, cause)) {
                letNextLead(connection, held.message());
                also.on(connection);
                return Optional.of(how);
            }
            return wasEndedByUs(connection, held) ? Optional.of(how) : Optional.empty();
        });
    }

    private static boolean markEnded(
            Connection connection, Claimed held, DeliveryOutcome how, @Nullable FailureKind kind, String cause)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(END)) {
            int next = KeyLock.bind(
                    statement, held.message().destination(), held.message().key());
            statement.setString(next++, stateAfter(how));
            statement.setInt(next++, how == DeliveryOutcome.DEAD ? 1 : 0);
            statement.setString(next++, kind == null ? null : kind.code());
            statement.setString(next++, kind == null ? null : cause);
            statement.setObject(next++, held.message().id());
            statement.setObject(next, held.claim());
            statement.execute();
            statement.getMoreResults();
            return statement.getUpdateCount() == 1;
        }
    }

    private static String stateAfter(DeliveryOutcome how) {
        return how == DeliveryOutcome.DELIVERED ? "sent" : how.code();
    }

    private static void letNextLead(Connection connection, Message message) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NEXT)) {
            statement.setString(1, message.destination());
            statement.setString(2, message.key());
            statement.executeUpdate();
        }
    }

    private static boolean wasEndedByUs(Connection connection, Claimed held) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ENDED_BY_US)) {
            statement.setObject(1, held.message().id());
            statement.setObject(2, held.claim());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private Optional<DeliveryOutcome> wait(Claimed held, DeliveryOutcome how, FailureKind kind, String cause)
            throws SQLException {
        Duration pause = backoff.delayAfter(held.number(), time.chance());
        return Work.transact(database, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(WAIT)) {
                statement.setLong(1, Entry.micros(pause));
                statement.setInt(2, how == DeliveryOutcome.REFUSED ? 1 : 0);
                statement.setString(3, kind.code());
                statement.setString(4, cause);
                statement.setObject(5, held.message().id());
                statement.setObject(6, held.claim());
                return statement.executeUpdate() == 1 ? Optional.of(how) : Optional.empty();
            }
        });
    }
}

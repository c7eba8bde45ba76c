package dev.mooring.messages;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Adds a message to the outbox, in one round trip. */
final class Entry {
    /** The channel on which relays hear of new messages; the payload is the destination. */
    static final String CHANNEL = "mooring_outbox";

    /**
     * The lock first: the insert then sees every message of the key whose transaction ended before. Each parameter and expression here costs
     * every message that an application adds, so messages that wait or are claimed have a statement of their own.
     */
    private static final String ADD = KeyLock.SQL + """
            ; insert into mooring.outbox (message_id, destination, ordering_key, type, payload, traceparent, leads, ready_at, due_at)
            select ?, line.destination, line.ordering_key, ?, cast(? as jsonb), ?,
                   not exists (select from mooring.outbox o where o.destination = line.destination
                                 and o.ordering_key = line.ordering_key and o.state = 'pending'),
                   statement_timestamp(), statement_timestamp()
            from (select cast(? as text) as destination, cast(? as text) as ordering_key) line""";

    /**
     * The commit sends the notification. It is only for a message that relays may claim now: commits that notify wait for each other.
     */
    private static final String ADD_AND_TELL =
            ADD + " returning case when leads then pg_notify('" + CHANNEL + "', destination) end";

    /** Adds a message that may not be delivered before its delay is over, or that this process claims unless others of its key wait. */
    private static final String ADD_HELD = KeyLock.SQL + """
            ; insert into mooring.outbox (message_id, destination, ordering_key, type, payload, traceparent, leads, ready_at, due_at,
                                          claimed_by, claims)
            select ?, line.destination, line.ordering_key, ?, cast(? as jsonb), ?, line.leads, line.ready_at,
                   case when line.leads and line.claim is not null then clock_timestamp() + ? * interval '1 microsecond'
                        else line.ready_at end,
                   case when line.leads then line.claim end,
                   case when line.leads and line.claim is not null then 1 else 0 end
            from (select key.*, cast(? as uuid) as claim, clock_timestamp() + ? * interval '1 microsecond' as ready_at,
                         not exists (select from mooring.outbox o where o.destination = key.destination
                                       and o.ordering_key = key.ordering_key and o.state = 'pending') as leads
                  from (select cast(? as text) as destination, cast(? as text) as ordering_key) key) line
            returning claimed_by is not null""";

    private Entry() {}

    /** @param telling whether the commit wakes the relays, if they may claim the message then */
    static void add(Connection connection, Message message, boolean telling) throws SQLException {
        if (!message.delay().isZero()) {
            boolean claimed = addHeld(connection, message, null, Duration.ZERO);
            assert !claimed;
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(telling ? ADD_AND_TELL : ADD)) {
            int next = bind(statement, message);
            statement.setString(next++, message.destination());
            statement.setString(next, message.key());
            statement.execute();
        }
    }

    /**
     * Adds a message whose delay lasts, or claims it for {@code lease} unless other messages of its key wait before it. The commit wakes no
     * relay.
     *
     * @param claim null for no claim
     * @return whether the message is claimed
     */
    static boolean addHeld(Connection connection, Message message, @Nullable UUID claim, Duration lease)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ADD_HELD)) {
            int next = bind(statement, message);
            statement.setLong(next++, micros(lease));
            statement.setObject(next++, claim);
            statement.setLong(next++, micros(message.delay()));
            statement.setString(next++, message.destination());
            statement.setString(next, message.key());
            boolean hasRows = statement.execute();
            assert hasRows;
            statement.getMoreResults();
            try (ResultSet row = statement.getResultSet()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** Sets the parameters that all statements begin with; gives the number of the next one. */
    private static int bind(PreparedStatement statement, Message message) throws SQLException {
        int next = KeyLock.bind(statement, message.destination(), message.key());
        statement.setObject(next++, message.id());
        statement.setString(next++, message.type());
        statement.setString(next++, message.payload());
        statement.setString(next++, message.traceparent().orElse(null));
        return next;
    }

    static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }
}

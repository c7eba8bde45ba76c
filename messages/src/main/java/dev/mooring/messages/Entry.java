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
     * The lock first: the insert then sees every message of the key whose transaction ended before. The notification, which the commit
     * sends, is only for a message that relays may claim now: commits that notify wait for each other.
     */
    private static final String ADD = KeyLock.SQL + """
            ; insert into mooring.outbox (message_id, destination, ordering_key, type, payload, traceparent, leads, ready_at, due_at,
                                          claimed_by, claims)
            select ?, ?, ?, ?, cast(? as jsonb), ?, line.leads, line.ready_at,
                   case when line.leads and line.claim is not null then clock_timestamp() + ? * interval '1 microsecond'
                        else line.ready_at end,
                   case when line.leads then line.claim end,
                   case when line.leads and line.claim is not null then 1 else 0 end
            from (select cast(? as uuid) as claim, clock_timestamp() + ? * interval '1 microsecond' as ready_at,
                         not exists (select from mooring.outbox
                                     where destination = ? and ordering_key = ? and state = 'pending') as leads) line
            returning claimed_by is not null, case when leads and claimed_by is null and ? then pg_notify(?, destination) end""";

    private Entry() {}

    /** @param telling whether the commit wakes the relays */
    static void add(Connection connection, Message message, boolean telling) throws SQLException {
        boolean claimed = add(connection, message, null, Duration.ZERO, telling);
        assert !claimed;
    }

    /**
     * Adds the message, and claims it for {@code lease} unless other messages of its key wait before it.
     *
     * @return whether the message is claimed
     */
    static boolean add(Connection connection, Message message, @Nullable UUID claim, Duration lease)
            throws SQLException {
        return add(connection, message, claim, lease, true);
    }

    private static boolean add(
            Connection connection, Message message, @Nullable UUID claim, Duration lease, boolean telling)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ADD)) {
            int next = KeyLock.bind(statement, message.destination(), message.key());
            statement.setObject(next++, message.id());
            statement.setString(next++, message.destination());
            statement.setString(next++, message.key());
            statement.setString(next++, message.type());
            statement.setString(next++, message.payload());
            statement.setString(next++, message.traceparent().orElse(null));
            statement.setLong(next++, micros(lease));
            statement.setObject(next++, claim);
            statement.setLong(next++, micros(message.delay()));
            statement.setString(next++, message.destination());
            statement.setString(next++, message.key());
            statement.setBoolean(next++, telling && message.delay().isZero());
            statement.setString(next, CHANNEL);
            boolean hasRows = statement.execute();
            assert hasRows;
            statement.getMoreResults();
            try (ResultSet row = statement.getResultSet()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }
}

package dev.mooring.messages;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Adds a message to the outbox, in two round trips at most. */
final class Entry {
    /** The channel on which relays hear of new messages; the payload is the destination. */
    static final String CHANNEL = "mooring_outbox";

    /** The lock first: the insert then sees every message of the key whose transaction ended before. */
    private static final String ADD = KeyLock.SQL + """
            ; insert into mooring.outbox (message_id, destination, ordering_key, type, payload, leads, ready_at, due_at, claimed_by, claims)
            select ?, ?, ?, ?, cast(? as jsonb), line.leads, line.ready_at,
                   case when line.leads and line.claim is not null then clock_timestamp() + ? * interval '1 microsecond'
                        else line.ready_at end,
                   case when line.leads then line.claim end,
                   case when line.leads and line.claim is not null then 1 else 0 end
            from (select cast(? as uuid) as claim, clock_timestamp() + ? * interval '1 microsecond' as ready_at,
                         not exists (select from mooring.outbox
                                     where destination = ? and ordering_key = ? and state = 'pending') as leads) line
            returning leads, claimed_by is not null""";

    private Entry() {}

    static void add(Connection connection, Message message) throws SQLException {
        boolean claimed = add(connection, message, null, Duration.ZERO);
        assert !claimed;
    }

    /**
     * Adds the message, and claims it for {@code lease} unless other messages of its key wait before it.
     *
     * @return whether the message is claimed
     */
    static boolean add(Connection connection, Message message, @Nullable UUID claim, Duration lease)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ADD)) {
            int next = KeyLock.bind(statement, message.destination(), message.key());
            statement.setObject(next++, message.id());
            statement.setString(next++, message.destination());
            statement.setString(next++, message.key());
            statement.setString(next++, message.type());
            statement.setString(next++, message.payload());
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
                boolean claimed = row.getBoolean(2);
                if (row.getBoolean(1) && !claimed && message.delay().isZero()) {
                    tell(connection, message.destination());
                }
                return claimed;
            }
        }
    }

    /** The commit sends it. A message that is claimed, or waits for others of its key, needs none: commits that notify wait for each other. */
    private static void tell(Connection connection, String destination) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select pg_notify(?, ?)")) {
            statement.setString(1, CHANNEL);
            statement.setString(2, destination);
            statement.execute();
        }
    }

    static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }
}

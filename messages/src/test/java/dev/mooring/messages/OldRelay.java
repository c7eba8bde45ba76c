package dev.mooring.messages;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** A relay of the release before batches, with its statements: it claims, ends and delays leading messages, one at a time. */
final class OldRelay implements Runnable {
    private static final String CLAIM = """
            with due as (
              select message_id from mooring.outbox
              where destination = ? and state = 'pending' and leads and due_at <= statement_timestamp()
              order by due_at limit 1 for update skip locked
            )
            update mooring.outbox o
            set claimed_by = ?, due_at = clock_timestamp() + ? * interval '1 microsecond', claims = o.claims + 1
            from due where o.message_id = due.message_id
            returning o.message_id, o.ordering_key, o.type, o.payload""";

    static final String LOCK = "select pg_advisory_xact_lock(hashtextextended(? || chr(10) || ?, 0))";

    private static final String END = LOCK + """
            ; update mooring.outbox
            set state = 'sent', ended_at = clock_timestamp(), leads = false
            where message_id = ? and claimed_by = ? and state = 'pending'""";

    private static final String NEXT = """
            update mooring.outbox set leads = true
            where message_id = (select message_id from mooring.outbox
                                where destination = ? and ordering_key = ? and state = 'pending' order by seq limit 1)""";

    private static final String WAIT = """
            update mooring.outbox set claimed_by = null, due_at = clock_timestamp() + interval '20 milliseconds'
            where message_id = ? and claimed_by = ? and state = 'pending'""";

    private final DataSource database;
    private final String destination;
    private final Duration lease;
    private final Receiver receiver;

    /** Set once, by {@link #end}. */
    private volatile boolean ending;

    /** Gets a message; false when it must come again. */
    @FunctionalInterface
    interface Receiver {
        boolean get(Message message) throws InterruptedException;
    }

    OldRelay(DataSource database, String destination, Duration lease, Receiver receiver) {
        this.database = database;
        this.destination = destination;
        this.lease = lease;
        this.receiver = receiver;
    }

    void end() {
        ending = true;
    }

    @Override
    public void run() {
        try {
            while (!ending) {
                UUID claim = UUID.randomUUID();
                Optional<Message> message = Work.transact(database, connection -> claim(connection, claim));
                if (message.isEmpty()) {
                    TimeUnit.MILLISECONDS.sleep(5);
                } else if (receiver.get(message.get())) {
                    boolean ended = Work.transact(database, connection -> end(connection, message.get(), claim));
                    assert ended || claim.version() == 4;
                } else {
                    int waiting = Work.transact(database, connection -> pause(connection, message.get(), claim));
                    assert waiting <= 1;
                }
            }
        } catch (SQLException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private Optional<Message> claim(Connection connection, UUID claim) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
            statement.setString(1, destination);
            statement.setObject(2, claim);
            statement.setLong(3, Entry.micros(lease));
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new Message(
                                row.getObject("message_id", UUID.class),
                                destination,
                                row.getString("ordering_key"),
                                row.getString("type"),
                                row.getString("payload")))
                        : Optional.empty();
            }
        }
    }

    private boolean end(Connection connection, Message message, UUID claim) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(END)) {
            statement.setString(1, destination);
            statement.setString(2, message.key());
            statement.setObject(3, message.id());
            statement.setObject(4, claim);
            statement.execute();
            statement.getMoreResults();
            if (statement.getUpdateCount() != 1) {
                return false;
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(NEXT)) {
            statement.setString(1, destination);
            statement.setString(2, message.key());
            statement.executeUpdate();
            return true;
        }
    }

    private static int pause(Connection connection, Message message, UUID claim) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(WAIT)) {
            statement.setObject(1, message.id());
            statement.setObject(2, claim);
            return statement.executeUpdate();
        }
    }
}

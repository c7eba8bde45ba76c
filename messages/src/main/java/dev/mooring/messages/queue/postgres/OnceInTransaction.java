package dev.mooring.messages.queue.postgres;

import dev.mooring.messages.Work;
import dev.mooring.messages.queue.Envelope;
import dev.mooring.messages.queue.Handler;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * Processes each message once in a database, whatever happens: the id of the message and the changes of the handler are one transaction. A
 * copy of a message finds the id and changes nothing, for as long as the id is kept; a copy that comes meanwhile waits for the end of that
 * transaction. Delete old ids with {@link #forget} from time to time. Thread-safe.
 */
public final class OnceInTransaction implements Handler {
    private static final String NOTE = """
            insert into mooring.handled_message (consumer_group, message_id) values (?, ?) on conflict do nothing""";

    private static final String FORGET = """
            delete from mooring.handled_message where (consumer_group, message_id) in (
              select consumer_group, message_id from mooring.handled_message
              where consumer_group = ? and handled_at < statement_timestamp() - ? * interval '1 second'
              limit 1000)""";

    private final DataSource database;
    private final String group;
    private final Changes changes;

    /** What a message changes. */
    @FunctionalInterface
    public interface Changes {
        /** Makes the changes in the transaction of {@code connection}, which may be repeated after a roll-back. */
        void make(Connection connection, Envelope message) throws SQLException;
    }

    /** @param database the database that the handler changes, with the tables of {@link dev.mooring.messages.MessagesSchema} */
    public OnceInTransaction(DataSource database, String group, Changes changes) {
        this.database = database;
        this.group = group;
        this.changes = changes;
    }

    /**
     * Makes the changes, unless this group made them before.
     *
     * @throws dev.mooring.breaker.MooringException the database is away: the message waits, and the attempt does not count
     * @throws SQLException the database refused the changes
     */
    @Override
    public void handle(Envelope message) throws SQLException {
        try {
            Work.transact(database, connection -> {
                boolean first = isFirst(connection, message);
                if (first) {
                    changes.make(connection, message);
                }
                return first;
            });
        } catch (SQLException failed) {
            DatabaseAwayException.throwIfAway(group, failed);
            throw failed;
        }
    }

    private boolean isFirst(Connection connection, Envelope message) throws SQLException {
        try (PreparedStatement note = connection.prepareStatement(NOTE)) {
            note.setString(1, group);
            note.setObject(2, message.id());
            return note.executeUpdate() == 1;
        }
    }

    /** Deletes up to 1,000 ids that are older than that; the number of them. Keep them for longer than a queue keeps a message. */
    public int forget(Duration kept) throws SQLException {
        return Work.transact(database, connection -> {
            try (PreparedStatement forget = connection.prepareStatement(FORGET)) {
                forget.setString(1, group);
                forget.setLong(2, kept.toSeconds());
                return forget.executeUpdate();
            }
        });
    }
}

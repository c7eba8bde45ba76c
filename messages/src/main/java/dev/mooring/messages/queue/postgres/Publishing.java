package dev.mooring.messages.queue.postgres;

import dev.mooring.messages.queue.Envelope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;

/** Puts messages into one queue, with a delivery for each group. Thread-safe. */
final class Publishing {
    /** The channel on which consumers hear of new messages; the payload is the queue. */
    static final String CHANNEL = "mooring_queue";

    private static final String LOCK =
            "select pg_advisory_xact_lock_shared(hashtextextended('queue' || chr(10) || ?, 0))";

    private static final String ADD = """
            with message as (
              insert into mooring.queue_message (queue, message_id, type, time, attempt, payload, traceparent)
              values (?, ?, ?, ?, ?, cast(? as json), ?)
              on conflict (queue, message_id) do nothing
              returning queue, seq)
            insert into mooring.queue_delivery (queue, consumer_group, seq)
            select message.queue, known.name, message.seq
            from message join mooring.queue_group known on known.queue = message.queue""";

    /** The commit sends it, once for each queue. Without a group there is no consumer to hear it. */
    private static final String TELL = "select pg_notify(?, queue) from mooring.queue_group where queue = ? limit 1";

    private final String queue;

    Publishing(String queue) {
        this.queue = queue;
    }

    void publish(Connection connection, List<Envelope> messages) throws SQLException {
        // A statement of its own: the next one then sees each group whose transaction ended before.
        try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
            lock.setString(1, queue);
            lock.execute();
        }
        try (PreparedStatement add = connection.prepareStatement(ADD)) {
            for (Envelope message : messages) {
                add.setString(1, queue);
                add.setObject(2, message.id());
                add.setString(3, message.type());
                add.setObject(4, message.time().atOffset(ZoneOffset.UTC));
                add.setInt(5, message.attempt());
                add.setString(6, message.payload());
                add.setString(7, message.traceparent().orElse(null));
                add.addBatch();
            }
            add.executeBatch();
        }
        try (PreparedStatement tell = connection.prepareStatement(TELL)) {
            tell.setString(1, CHANNEL);
            tell.setString(2, queue);
            tell.execute();
        }
    }
}

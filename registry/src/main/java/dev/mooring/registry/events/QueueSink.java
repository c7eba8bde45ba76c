package dev.mooring.registry.events;

import dev.mooring.messages.queue.Envelope;
import dev.mooring.messages.queue.postgres.PostgresQueue;
import dev.mooring.postgres.id.UuidV7;
import dev.mooring.time.Time;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Publishes events in a queue of the database. Those of one model stay in order, because their transactions hold the model. Thread-safe. */
final class QueueSink implements EventSink {
    private final PostgresQueue queue;
    private final Time time;

    QueueSink(PostgresQueue queue, Time time) {
        this.queue = queue;
        this.time = time;
    }

    @Override
    public void add(Connection connection, EventMessage event) throws SQLException {
        Instant now = time.now();
        queue.publish(
                connection,
                List.of(new Envelope(
                        UuidV7.at(now.toEpochMilli()), event.type(), now, 1, event.payload(), event.traceparent())));
    }
}

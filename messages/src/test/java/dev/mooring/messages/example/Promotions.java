package dev.mooring.messages.example;

// tag::program
import dev.mooring.Mooring;
import dev.mooring.messages.MessagesSchema;
import dev.mooring.messages.queue.Consumer;
import dev.mooring.messages.queue.ConsumerPlan;
import dev.mooring.messages.queue.Envelope;
import dev.mooring.messages.queue.Handler;
import dev.mooring.messages.queue.QueueWatch;
import dev.mooring.messages.queue.postgres.PostgresQueue;
import dev.mooring.postgres.Postgres;
import dev.mooring.postgres.control.ControlConnection;
import dev.mooring.postgres.id.UuidV7;
import dev.mooring.postgres.settings.PostgresSettings;
import dev.mooring.time.Time;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Publishes a message in the transaction of a change, and consumes it. */
public final class Promotions implements AutoCloseable {
    private final Postgres postgres;
    private final Mooring mooring;
    private final ControlConnection control;
    private final PostgresQueue queue;
    private final QueueWatch watch;
    private final Consumer consumer;

    /** {@code settings} may be {@code PostgresSettings.fromEnvironment()}. */
    public Promotions(PostgresSettings settings, Handler deploy) {
        postgres = Postgres.with(settings)
                .startTask("queue", MessagesSchema.migrations()) // makes the tables, with Flyway
                .build();
        mooring = Mooring.supervise(postgres.dependency());
        control = new ControlConnection(postgres);
        queue = PostgresQueue.of(postgres.dataSource(), "promotions")
                .hearing(control); // without it a message comes up to a second later
        watch = QueueWatch.start(queue, "promotions"); // once a minute it deletes what is over
        consumer = Consumer.start(ConsumerPlan.of("deployer"), queue, deploy, Time.system());
    }

    void promote(String model) throws SQLException {
        Envelope message = new Envelope(
                UuidV7.at(System.currentTimeMillis()),
                "model.promoted",
                Instant.now(),
                "{\"name\": \"" + model + "\"}");
        try (Connection connection = postgres.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            // here your own changes, on the same connection
            queue.publish(connection, List.of(message));
            connection.commit();
        }
    }

    @Override
    public void close() {
        consumer.close();
        watch.close();
        control.close();
        mooring.close();
        postgres.close();
    }
}
// end::program

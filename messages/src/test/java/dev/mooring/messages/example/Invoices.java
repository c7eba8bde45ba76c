package dev.mooring.messages.example;

import dev.mooring.Dependency;
import dev.mooring.Mooring;
import dev.mooring.messages.DeadLetter;
import dev.mooring.messages.DeadLetters;
import dev.mooring.messages.Delivery;
import dev.mooring.messages.GuardedDelivery;
import dev.mooring.messages.Message;
import dev.mooring.messages.MessagesSchema;
import dev.mooring.messages.Outbox;
import dev.mooring.messages.Relay;
import dev.mooring.messages.RelayPlan;
import dev.mooring.postgres.Postgres;
import dev.mooring.postgres.id.UuidV7;
import dev.mooring.postgres.settings.PostgresSettings;
import dev.mooring.time.Time;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** An outbox without Spring; the code of the page docs/how-to/outbox.md. */
final class Invoices implements AutoCloseable {
    private final Postgres postgres;
    private final Mooring mooring;
    private final Relay relay;

    Invoices(PostgresSettings settings, GuardedDelivery.Sender sender) {
        // tag::plain
        Dependency billing = Dependency.named("billing").optional().build();
        postgres = Postgres.with(settings)
                .startTask("outbox", MessagesSchema.migrations()) // makes the tables, with Flyway
                .build();
        mooring = Mooring.supervise(postgres.dependency(), billing);
        Delivery delivery = GuardedDelivery.of(billing, sender); // message -> your HTTP call, for example
        RelayPlan plan = RelayPlan.to("billing").attempts(3);
        relay = Relay.start(plan, delivery, postgres.dataSource(), Time.system(), event -> {}); // once in a process
        // end::plain
    }

    // tag::add
    void place(String customer, String order) throws SQLException {
        Message message = new Message(
                UuidV7.at(System.currentTimeMillis()), // its id, by which the receiver recognizes a copy
                "billing",
                customer, // messages of one key keep their order
                "order.placed",
                order);
        try (Connection connection = postgres.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            // here your own changes, on the same connection
            Outbox.add(connection, message);
            connection.commit();
        }
    }
    // end::add

    // tag::dead
    int replayAll() throws SQLException {
        try (Connection connection = postgres.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            List<DeadLetter> dead =
                    DeadLetters.page(connection, Optional.of("billing"), Long.MAX_VALUE, 100, 1_000_000);
            for (DeadLetter letter : dead) {
                DeadLetters.replay(connection, letter.id()); // or discard
            }
            connection.commit();
            return dead.size();
        }
    }
    // end::dead

    @Override
    public void close() {
        // tag::close
        relay.close();
        mooring.close();
        postgres.close();
        // end::close
    }
}

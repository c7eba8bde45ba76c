package dev.mooring.messages;

import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.mooring.event.MooringEvent.DeliveryEnded;
import dev.mooring.event.MooringEvent.DeliveryOutcome;
import dev.mooring.postgres.Migrations;
import dev.mooring.postgres.id.UuidV7;
import dev.mooring.retry.Backoff;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.time.Time;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A database with an empty outbox, and the relays of one test on it. */
final class OutboxRig implements AutoCloseable {
    static final String DATABASE = "messages";

    /** What holds of each message after each statement. The table of the product has no checks, because each costs every message. */
    private static final String CHECKS = """
            alter table mooring.outbox
              add check (state in ('pending', 'sent', 'rejected', 'dead')),
              add check ((state = 'pending') = (ended_at is null)),
              add check (state = 'pending' or not leads),
              add check (state in ('pending', 'sent') or cause_kind is not null),
              add check (length(traceparent) <= 255)""";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    final TestPostgres server;
    final String destination = "destination-" + NUMBER.incrementAndGet();
    final Queue<DeliveryEnded> events = new ConcurrentLinkedQueue<>();
    private final List<Relay> relays = new ArrayList<>();
    private final HikariDataSource pool = new HikariDataSource();

    OutboxRig(TestPostgres server) {
        this.server = server;
        pool.setDataSource(server.admin().dataSource(DATABASE));
        pool.setMaximumPoolSize(12);
        pool.setMinimumIdle(0);
        pool.setConnectionTimeout(5_000);
    }

    /** A server with the tables, which checks each message. */
    static TestPostgres server() throws SQLException {
        TestPostgres server = TestPostgres.started();
        server.admin().createDatabase(DATABASE);
        MessagesSchema.expectedBy(Migrations.of("mooring", MessagesSchema.SCRIPTS))
                .run(server.admin().dataSource(DATABASE));
        server.admin().execute(DATABASE, CHECKS);
        return server;
    }

    DataSource database() {
        return pool;
    }

    /** A plan with short waits. */
    RelayPlan plan() {
        return RelayPlan.to(destination)
                .lease(Duration.ofSeconds(20))
                .poll(Duration.ofMillis(50))
                .backoff(Backoff.exponential(Duration.ofMillis(20)).cap(Duration.ofMillis(100)));
    }

    Relay relay(SingleDelivery delivery) {
        return relay(plan(), delivery);
    }

    Relay relay(RelayPlan plan, SingleDelivery delivery) {
        return relay(plan, delivery, database());
    }

    Relay relay(RelayPlan plan, SingleDelivery delivery, DataSource database) {
        return batches(plan, Delivery.each(delivery), database);
    }

    Relay batches(RelayPlan plan, Delivery delivery, DataSource database) {
        Relay relay = Relay.start(plan, delivery, database, Time.system(), events::add);
        relays.add(relay);
        return relay;
    }

    Message message(String key, String text) {
        return new Message(
                UuidV7.at(System.currentTimeMillis()), destination, key, "test", "{\"text\": \"" + text + "\"}");
    }

    /** Adds a message and commits it. */
    Message add(String key, String text) throws SQLException {
        return add(message(key, text));
    }

    Message add(Message message) throws SQLException {
        try (Connection connection = database().getConnection()) {
            connection.setAutoCommit(false);
            Outbox.add(connection, message);
            connection.commit();
        }
        return message;
    }

    String state(Message message) throws SQLException {
        return ask("select state from mooring.outbox where message_id = '" + message.id() + "'");
    }

    /** The first column of the first row, as text. */
    String ask(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? String.valueOf(row.getString(1)) : "";
        }
    }

    void awaitState(Message message, String state) {
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> state(message).equals(state));
    }

    List<DeliveryOutcome> outcomes() {
        return events.stream().map(DeliveryEnded::outcome).toList();
    }

    static UUID id() {
        return UuidV7.at(System.currentTimeMillis());
    }

    @Override
    public void close() {
        relays.forEach(Relay::close);
        pool.close();
    }
}

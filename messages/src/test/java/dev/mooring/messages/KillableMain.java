package dev.mooring.messages;

import com.zaxxer.hikari.HikariDataSource;
import dev.mooring.retry.Backoff;
import dev.mooring.testing.process.ChildProcess;
import dev.mooring.time.Time;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;

/**
 * A process with a relay whose destination is the table {@code arrival}: one row when the delivery of a message begins, one when it has
 * arrived. It runs until it is killed.
 */
final class KillableMain {
    /** Longer than any delivery, also on a busy machine; so long do the keys rest that a killed process held. */
    static final Duration LEASE = Duration.ofSeconds(3);

    static final String ARRIVALS = """
            create table arrival (seq bigint generated always as identity, process text not null, phase text not null,
                                  ordering_key text, message_id uuid, payload jsonb)""";

    private static final String NOTE = """
            insert into arrival (process, phase, ordering_key, message_id, payload)
            select ?, ?, * from unnest(cast(? as text[]), cast(? as uuid[]), cast(? as jsonb[]))""";

    private KillableMain() {}

    static ChildProcess start(OutboxRig rig, String name) {
        return ChildProcess.java(
                        KillableMain.class.getName(),
                        rig.server.jdbcUrl(OutboxRig.DATABASE),
                        rig.server.admin().user(),
                        rig.destination,
                        name)
                .environment("PASSWORD", rig.server.admin().password())
                .environment("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx96m")
                .start();
    }

    public static void main(String[] arguments) throws Exception {
        HikariDataSource database = new HikariDataSource();
        database.setJdbcUrl(arguments[0]);
        database.setUsername(arguments[1]);
        database.setPassword(System.getenv("PASSWORD"));
        database.setMaximumPoolSize(4);
        RelayPlan plan = RelayPlan.to(arguments[2])
                .batch(8)
                .places(2)
                .lease(LEASE)
                .attempts(1)
                .poll(Duration.ofMillis(20))
                .backoff(Backoff.exponential(Duration.ofMillis(20)).cap(Duration.ofMillis(100)));
        Relay relay = Relay.start(
                plan, batch -> deliver(database, arguments[3], batch), database, Time.system(), event -> {});
        System.out.println("running " + relay.destination());
        new CountDownLatch(1).await();
    }

    private static List<Result> deliver(DataSource database, String process, List<DeliveryAttempt> batch)
            throws SQLException {
        note(database, process, "begun", batch);
        note(database, process, "arrived", batch);
        return batch.stream().map(each -> Result.delivered()).toList();
    }

    private static void note(DataSource database, String process, String phase, List<DeliveryAttempt> batch)
            throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(NOTE)) {
            List<Message> messages =
                    batch.stream().map(DeliveryAttempt::message).toList();
            statement.setString(1, process);
            statement.setString(2, phase);
            statement.setArray(
                    3,
                    connection.createArrayOf(
                            "text", messages.stream().map(Message::key).toArray()));
            statement.setArray(
                    4,
                    connection.createArrayOf(
                            "uuid", messages.stream().map(Message::id).toArray()));
            statement.setArray(
                    5,
                    connection.createArrayOf(
                            "jsonb", messages.stream().map(Message::payload).toArray()));
            statement.executeUpdate();
        }
    }
}

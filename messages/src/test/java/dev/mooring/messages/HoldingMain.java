package dev.mooring.messages;

import dev.mooring.testing.process.ChildProcess;
import dev.mooring.time.Time;
import java.sql.Connection;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.postgresql.ds.PGSimpleDataSource;

/** A process that accepts a message, begins to deliver it, and never ends the delivery. */
final class HoldingMain {
    private HoldingMain() {}

    /** Starts it; returns when it holds the message. */
    static ChildProcess start(OutboxRig rig, Message message, Duration lease) {
        ChildProcess process = ChildProcess.java(
                        HoldingMain.class.getName(),
                        rig.server.jdbcUrl(OutboxRig.DATABASE),
                        rig.server.admin().user(),
                        rig.destination,
                        message.id().toString(),
                        String.valueOf(lease.toMillis()))
                .environment("PASSWORD", rig.server.admin().password())
                .start();
        process.awaitLine("holding", Duration.ofSeconds(30));
        return process;
    }

    public static void main(String[] arguments) throws Exception {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(arguments[0]);
        database.setUser(arguments[1]);
        database.setPassword(System.getenv("PASSWORD"));
        RelayPlan plan = RelayPlan.to(arguments[2]).lease(Duration.ofMillis(Long.parseLong(arguments[4])));
        CountDownLatch never = new CountDownLatch(1);
        Relay relay = Relay.start(
                plan,
                Delivery.each(attempt -> {
                    System.out.println("holding");
                    never.await();
                    return Result.delivered();
                }),
                database,
                Time.system(),
                event -> {});
        try (Connection connection = database.getConnection()) {
            Outbox.add(connection, new Message(UUID.fromString(arguments[3]), arguments[2], "model", "test", "{}"));
        }
        relay.wake();
        never.await();
    }
}

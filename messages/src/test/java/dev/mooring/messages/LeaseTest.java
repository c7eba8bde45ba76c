package dev.mooring.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.mooring.event.MooringEvent.DeliveryOutcome;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.process.ChildProcess;
import dev.mooring.time.Time;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What relays hold, and when others may have it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LeaseTest {
    private static final Duration LEASE = Duration.ofMillis(1_500);

    private static TestPostgres server;
    private OutboxRig rig;

    @BeforeAll
    static void startServer() throws SQLException {
        server = OutboxRig.server();
    }

    @AfterAll
    static void endServer() {
        server.close();
    }

    @BeforeEach
    void begin() {
        rig = new OutboxRig(server);
    }

    @AfterEach
    void end() {
        rig.close();
    }

    @Test
    void message_thatAProcessHeldWhenItWasKilled_isDeliveredWhenItsLeaseEnded() throws Exception {
        Message message = rig.message("model", "survives");
        long added = System.nanoTime();
        try (ChildProcess process = HoldingMain.start(rig, message, LEASE)) {
            process.kill();
        }
        List<DeliveryAttempt> attempts = new CopyOnWriteArrayList<>();
        rig.relay(attempt -> {
            attempts.add(attempt);
            return Result.delivered();
        });

        rig.awaitState(message, "sent");

        assertThat(attempts).hasSize(1);
        assertThat(attempts.get(0).number()).isEqualTo(2);
        assertThat(Duration.ofNanos(System.nanoTime() - added)).isGreaterThan(LEASE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10})
    void message_whoseClaimTheServerCarriesOutAfterTheRelayGaveUp_isDeliveredBeforeItsLeaseEnds(int batch)
            throws Exception {
        try (HikariDataSource impatient = impatient();
                Connection lock = rig.database().getConnection()) {
            rig.relay(rig.plan().batch(batch), attempt -> Result.delivered(), impatient);
            rig.awaitState(rig.add("model", "first"), "sent");
            lock.setAutoCommit(false);
            try (Statement statement = lock.createStatement()) {
                statement.execute("lock table mooring.outbox in access exclusive mode");
            }
            Message message = rig.message("model", "late");
            Outbox.add(lock, message);
            await().atMost(Duration.ofSeconds(10)).until(() -> waitingClaims() >= 2);

            lock.commit();

            rig.awaitState(message, "sent");
        }
    }

    /** Connections that wait a second for an answer; the server goes on with the statement. */
    private static HikariDataSource impatient() {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(server.jdbcUrl(OutboxRig.DATABASE));
        pool.setUsername(server.admin().user());
        pool.setPassword(server.admin().password());
        pool.addDataSourceProperty("socketTimeout", "1");
        return pool;
    }

    private int waitingClaims() throws SQLException {
        return Integer.parseInt(rig.ask("select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                + " and query like 'with due as%' and pid <> pg_backend_pid()"));
    }

    @Test
    void message_whoseRelayLostItsLease_isRecordedByTheOtherOnly() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        List<Integer> recorded = new CopyOnWriteArrayList<>();
        Relay relay = rig.relay(rig.plan().lease(LEASE), attempt -> {
            if (attempt.number() == 1) {
                goOn.await();
            }
            return new Result.Delivered(connection -> recorded.add(attempt.number()));
        });
        Message message = rig.add("model", "slow");

        rig.awaitState(message, "sent");
        goOn.countDown();
        relay.close();

        assertThat(recorded).containsExactly(2);
        assertThat(rig.ask("select claims from mooring.outbox where message_id = '" + message.id() + "'"))
                .isEqualTo("2");
    }

    @Test
    void delivery_afterAPauseOfTheProcessThatOutlastedTheLease_isNotMade() {
        List<DeliveryAttempt> attempts = new CopyOnWriteArrayList<>();
        Carrier carrier = new Carrier(
                rig.plan(),
                Delivery.each(attempt -> {
                    attempts.add(attempt);
                    return Result.delivered();
                }),
                new Recorder(rig.database()),
                Time.system(),
                rig.events::add,
                () -> false);

        var carried = carrier.deliver(List.of(
                new Claimed(rig.message("model", "late"), Instant.now(), OutboxRig.id(), 1, 0, System.nanoTime() - 1)));

        assertThat(carried).isEmpty();
        assertThat(attempts).isEmpty();
    }

    @Test
    void outcome_whileTheDatabaseIsAway_isRecordedWhenItIsBack() throws Exception {
        CountDownLatch delivering = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger deliveries = new AtomicInteger();
        rig.relay(attempt -> {
            deliveries.incrementAndGet();
            delivering.countDown();
            goOn.await();
            return Result.delivered();
        });
        Message message = rig.add("model", "in between");
        assertThat(delivering.await(10, TimeUnit.SECONDS)).isTrue();

        server.kill();
        goOn.countDown();
        server.start();

        rig.awaitState(message, "sent");
        assertThat(deliveries).hasValue(1);
        await().until(() -> rig.outcomes().equals(List.of(DeliveryOutcome.DELIVERED)));
    }

    @Test
    void close_whileADeliveryRuns_waitsForItAndClaimsNoMore() throws Exception {
        CountDownLatch delivering = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Relay relay = rig.relay(attempt -> {
            delivering.countDown();
            goOn.await();
            return Result.delivered();
        });
        Message message = rig.add("model", "last");
        Message next = rig.add("model", "next");
        assertThat(delivering.await(10, TimeUnit.SECONDS)).isTrue();
        Thread closing = new Thread(relay::close, "test-closes-the-relay");
        closing.start();

        goOn.countDown();
        closing.join();

        assertThat(rig.state(message)).isEqualTo("sent");
        assertThat(rig.state(next)).isEqualTo("pending");
    }

    @Test
    void close_whileADeliveryHangs_leavesItBehind() throws Exception {
        CountDownLatch delivering = new CountDownLatch(1);
        Relay relay = rig.relay(attempt -> {
            delivering.countDown();
            new CountDownLatch(1).await();
            return Result.delivered();
        });
        Message message = rig.add("model", "hangs");
        assertThat(delivering.await(10, TimeUnit.SECONDS)).isTrue();

        long begun = System.nanoTime();
        relay.close();

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
        assertThat(rig.state(message)).isEqualTo("pending");
    }
}

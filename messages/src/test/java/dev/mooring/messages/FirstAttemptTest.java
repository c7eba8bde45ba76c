package dev.mooring.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.mooring.event.MooringEvent.DeliveryOutcome;
import dev.mooring.testing.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A message that the process which adds it delivers at once. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FirstAttemptTest {
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
    void firstAttempt_withAFreePlace_deliversWithoutAPoll() throws Exception {
        Relay relay = rig.relay(rig.plan().poll(Duration.ofMinutes(1)), attempt -> Result.delivered());

        try (FirstAttempt first = relay.firstAttempt()) {
            Message message = commit(first, "model", "at once");
            assertThat(first.begin().get(10, TimeUnit.SECONDS)).isEqualTo(DeliveryOutcome.DELIVERED);
            assertThat(rig.state(message)).isEqualTo("sent");
        }
    }

    @Test
    void firstAttempt_behindAnotherMessageOfItsKey_waitsForItsTurn() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        Destination destination = new Destination();
        Relay relay = rig.relay(rig.plan().poll(Duration.ofMinutes(1)), attempt -> {
            goOn.await();
            return destination.deliver(attempt);
        });

        try (FirstAttempt one = relay.firstAttempt();
                FirstAttempt two = relay.firstAttempt()) {
            commit(one, "model", "1");
            CompletableFuture<DeliveryOutcome> first = one.begin();
            commit(two, "model", "2");
            CompletableFuture<DeliveryOutcome> second = two.begin();
            assertThat(second).isNotDone();
            goOn.countDown();
            assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo(DeliveryOutcome.DELIVERED);
            assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo(DeliveryOutcome.DELIVERED);
        }
        assertThat(destination.received("model")).containsExactly("1", "2");
        assertThat(destination.overlaps()).isEmpty();
    }

    @Test
    void firstAttempt_whoseTransactionWasRolledBackOnce_isMadeOnce() throws Exception {
        AtomicInteger deliveries = new AtomicInteger();
        Relay relay = rig.relay(attempt -> {
            deliveries.incrementAndGet();
            return Result.delivered();
        });
        Message message = rig.message("model", "twice");
        try (FirstAttempt first = relay.firstAttempt();
                Connection connection = rig.database().getConnection()) {
            connection.setAutoCommit(false);
            first.add(connection, message);
            connection.rollback();
            first.add(connection, message);
            connection.commit();
            first.begin().get(10, TimeUnit.SECONDS);
            assertThatIllegalStateException().isThrownBy(() -> first.add(connection, rig.message("model", "another")));
        }
        assertThat(deliveries).hasValue(1);
    }

    @Test
    void firstAttempt_thatIsClosedWithoutACommit_givesItsPlaceBack() throws Exception {
        Relay relay = rig.relay(rig.plan().places(1), attempt -> Result.delivered());
        await().until(() -> {
            try (FirstAttempt first = relay.firstAttempt();
                    Connection connection = rig.database().getConnection()) {
                connection.setAutoCommit(false);
                first.add(connection, rig.message("model", "never"));
                connection.rollback();
                return true;
            }
        });

        rig.awaitState(rig.add("model", "after it"), "sent");
    }

    @Test
    void firstAttempt_whoseCallerLeft_isMadeAllTheSame() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        Relay relay = rig.relay(attempt -> {
            goOn.await();
            return Result.delivered();
        });
        Message message;
        try (FirstAttempt first = relay.firstAttempt()) {
            message = commit(first, "model", "alone");
            assertThat(first.begin()).isNotDone();
        }

        goOn.countDown();

        rig.awaitState(message, "sent");
    }

    @Test
    void firstAttempt_toADestinationThatIsNotReady_leavesTheMessageToTheRelay() throws Exception {
        AtomicBoolean ready = new AtomicBoolean();
        Relay relay = rig.relay(new Switched(ready, attempt -> Result.delivered()));
        try (FirstAttempt first = relay.firstAttempt()) {
            Message message = commit(first, "model", "later");
            CompletableFuture<DeliveryOutcome> outcome = first.begin();
            assertThat(rig.ask("select claimed_by is null and claims = 0 from mooring.outbox where message_id = '"
                            + message.id() + "'"))
                    .isEqualTo("t");
            ready.set(true);
            assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo(DeliveryOutcome.DELIVERED);
        }
    }

    @Test
    void begin_withoutAMessage_isAMistake() {
        Relay relay = rig.relay(attempt -> Result.delivered());
        try (FirstAttempt first = relay.firstAttempt()) {
            assertThatIllegalStateException().isThrownBy(first::begin);
        }
    }

    private Message commit(FirstAttempt first, String key, String text) throws SQLException {
        Message message = rig.message(key, text);
        try (Connection connection = rig.database().getConnection()) {
            connection.setAutoCommit(false);
            first.add(connection, message);
            connection.commit();
        }
        return message;
    }
}

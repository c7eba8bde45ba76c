package dev.mooring.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.testing.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A relay that delivers one message at a time in each place, so quickly that it claims more than it has places. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClaimAheadTest {
    private static final int PLACES = 2;
    private static final int KEYS = 40;
    private static final Duration LEASE = Duration.ofSeconds(3);

    private static TestPostgres server;
    private OutboxRig rig;
    private final Destination destination = new Destination();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostRunning = new AtomicInteger();
    private final List<Duration> lefts = new CopyOnWriteArrayList<>();
    private final AtomicBoolean blocked = new AtomicBoolean();
    private final CountDownLatch goOn = new CountDownLatch(1);

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
    void messages_thatAreClaimedAhead_arriveInOrderAndNoMoreAtATimeThanPlaces() throws Exception {
        add(50);
        Relay relay = relay();
        awaitNothingPending();

        for (int key = 0; key < KEYS; key++) {
            assertThat(destination.received("key-" + key))
                    .isEqualTo(IntStream.range(0, 50).mapToObj(String::valueOf).toList());
        }
        assertThat(destination.overlaps()).isEmpty();
        assertThat(mostRunning).hasValue(PLACES);
        assertThat(count("claims <> 1")).isZero();
        relay.close();
    }

    @Test
    void message_thatWaitedForAPlaceForHalfItsLease_goesBackAndCountsNoAttempt() throws Exception {
        blockWithMessagesAhead();
        await().atMost(LEASE).until(() -> count("leads and due_at - clock_timestamp() < interval '1 second'") > PLACES);
        lefts.clear();
        goOn.countDown();
        awaitNothingPending();

        assertThat(lefts)
                .isNotEmpty()
                .allMatch(left -> left.compareTo(LEASE.dividedBy(2).minusMillis(200)) > 0);
        assertThat(count("claims <> 1")).isZero();
        assertThat(destination.overlaps()).isEmpty();
    }

    @Test
    void messages_thatARelayClaimedAhead_areFreeForOthersWhenItCloses() throws Exception {
        Relay relay = blockWithMessagesAhead();
        Thread closing = new Thread(relay::close, "test-closes-the-relay");
        closing.start();
        await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        goOn.countDown();
        closing.join();

        assertThat(count("state = 'pending' and leads")).isPositive();
        assertThat(count("state = 'pending' and (claimed_by is not null or due_at > clock_timestamp())"))
                .isZero();
    }

    @Test
    void outcomes_whileATransactionHoldsTheLockOfOneKey_areRecordedForTheOthers() throws Exception {
        add(3);
        try (Connection writer = rig.database().getConnection()) {
            writer.setAutoCommit(false);
            Outbox.add(writer, rig.message("key-0", "3"));
            relay();

            await().until(() -> count("state = 'pending'") == 3
                    && destination.received("key-0").size() == 1);
            writer.commit();
        }
        awaitNothingPending();
        assertThat(destination.received("key-0")).containsExactly("0", "1", "2", "3");
    }

    /** A relay whose places all are in a delivery, and that holds more messages. */
    private Relay blockWithMessagesAhead() throws Exception {
        add(10);
        Relay relay = relay();
        awaitNothingPending();
        blocked.set(true);
        add(5);
        await().until(() -> running.get() == PLACES && count("state = 'pending' and claims = 1") > PLACES);
        return relay;
    }

    private Relay relay() {
        return rig.relay(rig.plan().places(PLACES).lease(LEASE), attempt -> {
            mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
            lefts.add(attempt.left());
            destination.enter(attempt.message());
            try {
                if (blocked.get()) {
                    goOn.await();
                }
                return Result.delivered();
            } finally {
                destination.leave(attempt.message());
                int others = running.decrementAndGet();
                assert others >= 0;
            }
        });
    }

    private void add(int each) throws SQLException {
        try (Connection connection = rig.database().getConnection()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < each * KEYS; i++) {
                Outbox.add(connection, rig.message("key-" + i % KEYS, String.valueOf(i / KEYS)));
            }
            connection.commit();
        }
    }

    private int count(String condition) throws SQLException {
        return Integer.parseInt(rig.ask(
                "select count(*) from mooring.outbox where destination = '" + rig.destination + "' and " + condition));
    }

    private void awaitNothingPending() {
        await().atMost(Duration.ofSeconds(20)).until(() -> count("state = 'pending'") == 0);
    }
}

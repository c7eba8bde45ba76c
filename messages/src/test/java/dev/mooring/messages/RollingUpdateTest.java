package dev.mooring.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mooring.failure.FailureKind;
import dev.mooring.testing.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An instance of the release before batches beside one of this release, on the same table. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RollingUpdateTest {
    private static final Duration LEASE = Duration.ofSeconds(20);
    private static final int KEYS = 5;
    private static final int EACH = 80;

    private final Destination destination = new Destination();

    @Test
    void messages_whileOldAndNewRelaysRun_arriveInTheOrderOfTheirKeys() throws Exception {
        AtomicInteger byOld = new AtomicInteger();
        AtomicInteger byNew = new AtomicInteger();
        try (TestPostgres server = OutboxRig.server();
                OutboxRig rig = new OutboxRig(server)) {
            OldRelay old = new OldRelay(rig.database(), rig.destination, LEASE, message -> get(message, byOld));
            Thread thread = new Thread(old, "test-old-relay");
            thread.start();
            rig.batches(
                    rig.plan().batch(6).places(2).lease(LEASE),
                    Delivery.each(attempt -> get(attempt.message(), byNew)
                            ? Result.delivered()
                            : new Result.Later(FailureKind.CONNECTION_LOST, "away")),
                    rig.database());
            for (int i = 0; i < KEYS * EACH; i++) {
                rig.add("key-" + i % KEYS, String.valueOf(i / KEYS));
            }
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> rig.ask("select count(*) from mooring.outbox where state <> 'sent'")
                            .equals("0"));
            old.end();
            thread.join();
        }

        List<String> inOrder =
                IntStream.range(0, EACH).mapToObj(String::valueOf).toList();
        for (int key = 0; key < KEYS; key++) {
            assertThat(destination.received("key-" + key)).isEqualTo(inOrder);
        }
        assertThat(destination.overlaps()).isEmpty();
        assertThat(byOld).hasPositiveValue();
        assertThat(byNew).hasPositiveValue();
    }

    @Test
    void lockOfAKey_thatTheOlderReleaseHolds_keepsThisReleaseFromTheKey() throws Exception {
        try (TestPostgres server = OutboxRig.server();
                OutboxRig rig = new OutboxRig(server);
                Connection old = rig.database().getConnection();
                Connection now = rig.database().getConnection();
                PreparedStatement lock = old.prepareStatement(OldRelay.LOCK);
                Statement patience = now.createStatement()) {
            old.setAutoCommit(false);
            lock.setString(1, rig.destination);
            lock.setString(2, "model");
            lock.execute();
            now.setAutoCommit(false);

            assertThat(KeyLock.takeFree(now, rig.destination, List.of("model", "other")))
                    .containsExactly("other");
            patience.execute("set local lock_timeout = '50ms'");
            assertThatThrownBy(() -> Outbox.add(now, rig.message("model", "waits")))
                    .hasMessageContaining("lock timeout");
            now.rollback();
            old.rollback();
        }
    }

    /** Now and then a message does not arrive. */
    private boolean get(Message message, AtomicInteger count) {
        destination.enter(message);
        if (ThreadLocalRandom.current().nextInt(10) == 0) {
            destination.abandon(message);
            return false;
        }
        destination.leave(message);
        count.incrementAndGet();
        return true;
    }
}

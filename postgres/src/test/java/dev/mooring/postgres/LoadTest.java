package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.event.MooringEvent.ConnectionAttempted;
import dev.mooring.testing.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pool of a hundred under a hundred callers. */
@Tag("server")
@Timeout(90)
@Tag("alone")
class LoadTest {
    private static final int CALLERS = 100;
    private static final int ROUNDS = 50;
    private static final Duration LIMIT = Duration.ofSeconds(2);

    @AutoClose
    private final TestPostgres server =
            TestPostgres.builder().maxConnections(150).start();

    @Test
    void hundredCallers_onAPoolOfHundred_allGetTheirConnection() throws Exception {
        Rig.prepare(server);
        Map<String, String> hundred = Map.of("DATABASE_POOL_MAX", "100", "DATABASE_POOL_MIN", "100");
        try (Rig rig = Rig.on(server, hundred).awaitUp()) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> rig.postgres.pool().idle() == CALLERS);
            Duration slowestLogIn = rig.events.stream()
                    .filter(ConnectionAttempted.class::isInstance)
                    .map(event -> ((ConnectionAttempted) event).took())
                    .max(Duration::compareTo)
                    .orElseThrow();
            Rig.measured("slowest of 100 new connections", slowestLogIn, LIMIT);
            assertThat(slowestLogIn).isLessThan(LIMIT);

            loadIsBorne(rig, CALLERS);

            assertThat(sessions()).as("pool and four more").isLessThanOrEqualTo(104);
            assertThat(rig.mooring.health().ready()).isTrue();
            await().until(() -> rig.postgres.pool().active() == 0);
            assertThat(rig.postgres.pool().max()).isEqualTo(100);
            assertThat(rig.postgres.pool().acquire()).isPositive();
        }
    }

    @Test
    void twentyCallers_onTheDefaultPool_getTheirConnectionsAlthoughItIsCold() throws Exception {
        Rig.prepare(server);
        try (Rig rig = Rig.on(server, Map.of("DATABASE_POOL_MAX", "20")).awaitUp()) {
            loadIsBorne(rig, 20);
        }
    }

    private static void loadIsBorne(Rig rig, int count) throws InterruptedException {
        ExecutorService callers = Executors.newFixedThreadPool(count);
        CountDownLatch together = new CountDownLatch(count);
        AtomicInteger failed = new AtomicInteger();
        AtomicLong slowestAcquire = new AtomicLong();
        AtomicLong slowestQuery = new AtomicLong();
        for (int i = 0; i < count; i++) {
            callers.execute(() -> {
                for (int round = 0; round < ROUNDS; round++) {
                    call(rig, round == 0 ? together : null, failed, slowestAcquire, slowestQuery);
                }
            });
        }
        callers.shutdown();
        assertThat(callers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();

        double share = 100.0 * failed.get() / (count * ROUNDS);
        System.out.printf(
                "measured failed acquisitions of %d by %d callers: %.2f %% (at most 1 %%)%n",
                count * ROUNDS, count, share);
        Duration acquire = Duration.ofNanos(slowestAcquire.get());
        Duration query = Duration.ofNanos(slowestQuery.get());
        Rig.measured("slowest acquisition by " + count + " callers at once", acquire, LIMIT);
        Rig.measured("slowest query by " + count + " callers at once", query, LIMIT);
        assertThat(share).isLessThan(1);
        assertThat(acquire).isLessThan(LIMIT);
        assertThat(query).isLessThan(LIMIT);
    }

    private static void call(
            Rig rig,
            CountDownLatch together,
            AtomicInteger failed,
            AtomicLong slowestAcquire,
            AtomicLong slowestQuery) {
        long begun = System.nanoTime();
        try (Connection connection = rig.postgres.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            long acquired = System.nanoTime();
            slowestAcquire.accumulateAndGet(acquired - begun, Math::max);
            if (together != null) {
                together.countDown();
                together.await(20, TimeUnit.SECONDS);
                acquired = System.nanoTime();
            }
            statement.execute("select count(*) from pg_class");
            slowestQuery.accumulateAndGet(System.nanoTime() - acquired, Math::max);
        } catch (SQLException refused) {
            failed.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int sessions() throws SQLException {
        return Integer.parseInt(
                server.admin().ask("mlflow_db", "select count(*) from pg_stat_activity where usename = 'registry'"));
    }
}

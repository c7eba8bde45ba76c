package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.metrics.IMetricsTracker;
import com.zaxxer.hikari.metrics.PoolStats;
import dev.mooring.breaker.DependencySaturatedException;
import dev.mooring.breaker.DependencyUnavailableException;
import dev.mooring.health.Status;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.proxy.Fault;
import dev.mooring.testing.proxy.FaultProxy;
import java.sql.Connection;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How long callers of a supervised pool wait: as for HikariCP while the database is well, and not much longer than 2 s otherwise. */
@Tag("long")
@Tag("server")
@Timeout(60)
@Tag("alone")
class GivenPoolUnderLoadTest {
    private static final Duration IN_DOUBT = Duration.ofSeconds(2);
    private static final Duration AT_ONCE = Duration.ofMillis(100);

    private static TestPostgres server;

    @BeforeAll
    static void start() {
        server = Rig.server();
    }

    @AfterAll
    static void end() {
        server.close();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void burst_onAHealthyDatabase_losesNothing() throws Exception {
        try (Given given = Given.inPlaceOf(Given.pool(server, "")).awaitUp()) {
            ExecutorService callers = Executors.newFixedThreadPool(200);
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                answers.add(callers.submit(() -> Given.ask(given.dataSource(), "select 'well' from pg_sleep(0.02)")));
            }
            callers.shutdown();
            for (Future<String> answer : answers) {
                assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo("well");
            }
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void exhaustedPool_onAHealthyDatabase_isWaitedForUpToTheConnectionTimeout() throws Exception {
        HikariConfig config = Given.pool(server, "");
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(4_000);
        Records records = new Records();
        config.setMetricsTrackerFactory((name, statistics) -> {
            records.statistics.set(statistics);
            return records;
        });
        try (Given given = Given.inPlaceOf(config).awaitUp()) {
            ExecutorService waits = Executors.newSingleThreadExecutor();
            Connection only = given.dataSource().getConnection();
            Future<String> later = waits.submit(() -> Given.ask(given.dataSource(), "select 'well'"));
            await().during(Duration.ofMillis(2800)).until(() -> !later.isDone());
            assertThat(records.statistics.get().getPendingThreads()).isOne();
            assertThat(records.timeouts).hasValue(0);
            only.close();
            assertThat(later.get(2, TimeUnit.SECONDS)).isEqualTo("well");
            await().until(() -> records.acquired.stream().anyMatch(nanos -> nanos > IN_DOUBT.toNanos()));

            try (Connection again = given.dataSource().getConnection()) {
                assertThat(again.isClosed()).isFalse();
                long begun = System.nanoTime();
                assertThatThrownBy(() -> given.dataSource().getConnection())
                        .isInstanceOf(SQLTransientConnectionException.class)
                        .hasCauseInstanceOf(DependencySaturatedException.class)
                        .hasMessageContaining("1 of 1 connections are in use")
                        .hasMessageContaining("none came free in 4.0 s");
                assertThat(Duration.ofNanos(System.nanoTime() - begun))
                        .isBetween(Duration.ofMillis(3900), Duration.ofMillis(5000));
            }
            assertThat(records.timeouts).hasValue(1);
            waits.shutdown();
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void pool_thatGrowsAtRunTime_servesWhoWaits() throws Exception {
        HikariConfig config = Given.pool(server, "");
        config.setMaximumPoolSize(1);
        try (Given given = Given.inPlaceOf(config).awaitUp();
                Connection only = given.dataSource().getConnection()) {
            ExecutorService waits = Executors.newSingleThreadExecutor();
            Future<String> later = waits.submit(() -> Given.ask(given.dataSource(), "select 'well'"));
            await().until(() -> given.postgres.pool().waiting() == 1);
            given.dataSource().getHikariConfigMXBean().setMaximumPoolSize(2);
            assertThat(later.get(5, TimeUnit.SECONDS)).isEqualTo("well");
            assertThat(only.isClosed()).isFalse();
            waits.shutdown();
        }
    }

    private static final class Records implements IMetricsTracker {
        private final AtomicReference<PoolStats> statistics = new AtomicReference<>();
        private final AtomicInteger timeouts = new AtomicInteger();
        private final List<Long> acquired = new CopyOnWriteArrayList<>();

        @Override
        public void recordConnectionAcquiredNanos(long nanos) {
            acquired.add(nanos);
        }

        @Override
        public void recordConnectionTimeout() {
            timeouts.incrementAndGet();
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void firstCaller_beforeTheFirstContact_waitsAndThenWorks() throws Exception {
        try (FaultProxy far = FaultProxy.to(server.host(), server.port())) {
            far.inject(Fault.latency(Duration.ofMillis(25)));
            try (Given given = Given.inPlaceOf(Given.pool(far.port(), ""))) {
                assertThat(Given.ask(given.dataSource(), "select 'well'")).isEqualTo("well");
            }
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void firstCaller_whileTheServerRefuses_isRefusedWithTheFirstEvidence() throws Exception {
        try (FaultProxy proxy = FaultProxy.to(server.host(), server.port())) {
            proxy.inject(Fault.refuse());
            try (Given given = Given.inPlaceOf(Given.pool(proxy.port(), ""))) {
                long begun = System.nanoTime();
                assertThatThrownBy(() -> given.dataSource().getConnection())
                        .isInstanceOf(SQLTransientConnectionException.class)
                        .hasCauseInstanceOf(DependencyUnavailableException.class);
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(IN_DOUBT);
                proxy.heal();
                await().atMost(Duration.ofSeconds(10)).until(() -> given.status() == Status.UP);
                assertThat(Given.ask(given.dataSource(), "select 'well'")).isEqualTo("well");
            }
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void caller_withoutSupervision_isRefusedWithAnSqlException() {
        try (Postgres postgres =
                Postgres.inPlaceOf("orders", Given.pool(server, "")).build()) {
            assertThatThrownBy(() -> postgres.dataSource().getConnection())
                    .isInstanceOf(SQLTransientConnectionException.class);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void firstCaller_ofAServerThatFroze_isRefusedWithinTwoSeconds_thoughNobodySuspectsItYet() throws Exception {
        try (FaultProxy proxy = FaultProxy.to(server.host(), server.port());
                Given given = Given.inPlaceOf(Given.pool(proxy.port(), "")).awaitUp()) {
            assertThat(Given.ask(given.dataSource(), "select 'well'")).isEqualTo("well");
            // From then on HikariCP looks at a connection before it hands it out.
            await().pollDelay(Duration.ofMillis(600)).until(() -> true);
            proxy.inject(Fault.silence());
            long begun = System.nanoTime();
            assertThatThrownBy(() -> given.dataSource().getConnection())
                    .isInstanceOf(SQLTransientConnectionException.class);
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            Rig.measured("first refusal of a server that froze while the pool was idle", took, IN_DOUBT.plus(AT_ONCE));
            assertThat(took).isLessThan(IN_DOUBT.plus(AT_ONCE));
        }
    }

    private enum Trouble {
        KILLED,
        FROZEN
    }

    @ParameterizedTest
    @EnumSource
    @Execution(ExecutionMode.CONCURRENT)
    void outage_underFortyCallers_isRefusedWithinTwoSecondsAndThenAtOnce_andEndsInTime(Trouble trouble)
            throws Exception {
        try (TestPostgres lost = Rig.server();
                Given given = Given.inPlaceOf(Given.pool(lost, "")).awaitUp();
                FortyCallers callers = new FortyCallers(given)) {
            await().until(() -> callers.served() > 200);
            long away = System.nanoTime();
            if (trouble == Trouble.KILLED) {
                lost.kill();
            } else {
                lost.freeze();
            }
            await().atMost(Duration.ofSeconds(15)).until(() -> given.status() == Status.DOWN);
            long told = System.nanoTime();
            await().during(Duration.ofSeconds(1)).until(() -> given.status() == Status.DOWN);
            long back = System.nanoTime();
            if (trouble == Trouble.KILLED) {
                lost.start();
            } else {
                lost.thaw();
            }
            long started = System.nanoTime();
            await().atMost(Duration.ofSeconds(10)).until(() -> given.status() == Status.UP);
            long before = callers.served();
            await().until(() -> callers.served() > before);

            Duration first = callers.longestRefusal(away, told);
            Duration later = callers.longestRefusal(told + AT_ONCE.toNanos(), back);
            Duration healed = callers.firstServedAfter(started);
            String what = "40 callers, " + trouble;
            Duration most = IN_DOUBT.plus(AT_ONCE);
            Rig.measured("longest wait for a refusal before health reports the outage, " + what, first, most);
            Rig.measured("longest wait for a refusal afterwards, " + what, later, AT_ONCE);
            Rig.measured("first success after the outage, " + what, healed, IN_DOUBT);
            assertThat(first).isLessThan(most);
            assertThat(later).isLessThan(AT_ONCE);
            assertThat(healed).isLessThan(IN_DOUBT);
        }
    }
}

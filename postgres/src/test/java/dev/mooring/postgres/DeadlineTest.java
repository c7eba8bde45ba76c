package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mooring.health.Status;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.proxy.Fault;
import dev.mooring.time.Deadline;
import dev.mooring.time.Time;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The caller's remaining time cuts the limits, and the server gives up before the caller does. */
@Tag("server")
@Timeout(60)
@Tag("alone")
class DeadlineTest {
    private static TestPostgres server;

    @BeforeAll
    static void start() {
        server = Rig.server();
    }

    @AfterAll
    static void end() {
        server.close();
    }

    private static Deadline.Scope deadline(Duration left) {
        return Deadline.in(left, Time.system()).open();
    }

    @Test
    void statement_withADeadline_isEndedByTheServerBeforeIt() throws SQLException {
        try (Rig rig = Rig.on(server, Map.of()).awaitUp()) {
            long begun = System.nanoTime();
            try (Deadline.Scope ignored = deadline(Duration.ofMillis(1500))) {
                assertThatThrownBy(() -> rig.query("select pg_sleep(20)")).hasMessageContaining("statement timeout");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(1500));
            assertThat(rig.query("show statement_timeout"))
                    .as("background work")
                    .isEqualTo("10s");
        }
    }

    @Test
    void silentServer_freesTheCallerAtTheDeadline() {
        try (Rig rig = Rig.on(server, Map.of()).awaitUp()) {
            rig.proxy.inject(Fault.silence());
            long begun = System.nanoTime();
            try (Deadline.Scope ignored = deadline(Duration.ofMillis(1200))) {
                assertThatThrownBy(() -> rig.query("select 1")).isInstanceOf(SQLException.class);
            }
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            Rig.measured("call with a deadline of 1.2 s on a silent server", took, Duration.ofMillis(1700));
            assertThat(took).isLessThan(Duration.ofMillis(1700));
        }
    }

    @Test
    void silentServerBehindTls_freesTheCallerAtTheDeadlineToo() {
        try (TestPostgres withTls = TestPostgres.builder().tls().start()) {
            Rig.prepare(withTls);
            try (Rig rig =
                    Rig.on(withTls, Map.of("DATABASE_SSLMODE", "require")).awaitUp()) {
                rig.proxy.inject(Fault.silence());
                long begun = System.nanoTime();
                try (Deadline.Scope ignored = deadline(Duration.ofMillis(1200))) {
                    assertThatThrownBy(() -> rig.query("select 1")).isInstanceOf(SQLException.class);
                }
                Duration took = Duration.ofNanos(System.nanoTime() - begun);
                Rig.measured("the same call over TLS", took, Duration.ofMillis(1700));
                assertThat(took).isLessThan(Duration.ofMillis(1700));
            }
        }
    }

    @Test
    void deadlineThatPassed_sendsNothing() throws SQLException {
        try (Rig rig = Rig.on(server, Map.of()).awaitUp();
                Connection connection = rig.postgres.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            try (Deadline.Scope ignored = deadline(Duration.ZERO)) {
                assertThatThrownBy(() -> statement.execute("select 1")).isInstanceOf(SQLTimeoutException.class);
            }
            assertThat(statement.execute("select 1")).isTrue();
            assertThat(rig.postgres.dependency().breaker().counts().failures()).isZero();
        }
    }

    @Test
    void callersWhoseTimeIsUsedUpBeforeTheyHaveAConnection_proveNothingAgainstTheDatabase() throws Exception {
        Map<String, String> settings = Map.of(
                "DATABASE_POOL_MAX", "40",
                "DATABASE_POOL_MIN", "1",
                "DATABASE_CB_FAILURE_RATE", "0.2",
                "DATABASE_CB_WINDOW", "10");
        try (Rig rig = Rig.on(server, settings).awaitUp()) {
            // A new connection takes several trips, so it comes after the caller's time is over.
            rig.proxy.inject(Fault.latency(Duration.ofMillis(40)));
            AtomicInteger inTime = new AtomicInteger();
            AtomicInteger outOfTime = new AtomicInteger();
            ExecutorService callers = Executors.newFixedThreadPool(40);
            for (int i = 0; i < 40; i++) {
                Duration left = Duration.ofMillis(i % 3 * 30L);
                callers.execute(() -> {
                    try (Deadline.Scope ignored = deadline(left)) {
                        rig.query("select 1");
                        inTime.incrementAndGet();
                    } catch (SQLException expected) {
                        outOfTime.incrementAndGet();
                    }
                });
            }
            callers.shutdown();
            await().until(callers::isTerminated);
            assertThat(outOfTime.get())
                    .as("calls out of time, %s in time", inTime)
                    .isGreaterThan(20);
            assertThat(rig.postgres.dependency().breaker().counts().failures()).isZero();
            assertThat(rig.status()).isEqualTo(Status.UP);
        }
    }

    @Test
    void lockedTable_underManyCallers_leavesNoServerProcessesBehind() throws Exception {
        server.admin().execute("mlflow_db", "create table busy (id int)");
        server.admin().execute("mlflow_db", "grant all on busy to registry");
        try (Rig rig = Rig.on(server, Map.of("DATABASE_POOL_MAX", "4")).awaitUp();
                Connection locker = server.admin().connect("mlflow_db");
                Statement lock = locker.createStatement()) {
            locker.setAutoCommit(false);
            lock.execute("lock table busy in access exclusive mode");
            AtomicInteger ended = new AtomicInteger();
            ExecutorService callers = Executors.newFixedThreadPool(8);
            for (int i = 0; i < 24; i++) {
                callers.execute(() -> {
                    try (Deadline.Scope ignored = deadline(Duration.ofMillis(1500))) {
                        rig.query("select count(*) from busy");
                    } catch (SQLException expected) {
                        ended.incrementAndGet();
                    }
                });
            }
            callers.shutdown();
            int most = 0;
            while (!callers.isTerminated()) {
                most = Math.max(most, sessions());
            }
            System.out.printf("measured server processes with a locked table: %d (at most %d)%n", most, 8);
            assertThat(most).as("pool of 4, and four more").isLessThanOrEqualTo(8);
            assertThat(ended).hasValue(24);
            locker.rollback();
            await().until(rig::queryWorks);
        }
    }

    private static int sessions() throws SQLException {
        return Integer.parseInt(
                server.admin().ask("mlflow_db", "select count(*) from pg_stat_activity where usename = 'registry'"));
    }
}

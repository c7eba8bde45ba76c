package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mooring.breaker.BreakerState;
import dev.mooring.breaker.DependencySaturatedException;
import dev.mooring.event.MooringEvent.BreakerMoved;
import dev.mooring.failure.FailureKind;
import dev.mooring.health.Status;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.proxy.Affected;
import dev.mooring.testing.proxy.Direction;
import dev.mooring.testing.proxy.Fault;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Disturbances that are no outage: the service stays ready and no breaker opens. */
@Tag("server")
@Timeout(60)
@Tag("alone")
class NoFalseAlarmTest {
    private static TestPostgres server;

    @BeforeAll
    static void start() {
        server = Rig.server();
    }

    @AfterAll
    static void end() {
        server.close();
    }

    /** Asserts that the service is ready all the time, and healthy in the end. */
    private static void assertNoAlarm(Rig rig, Duration watched) {
        await().during(watched)
                .atMost(watched.plusSeconds(5))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> rig.mooring.health().ready());
        assertThat(rig.events)
                .filteredOn(event -> event instanceof BreakerMoved moved && moved.to() == BreakerState.OPEN)
                .isEmpty();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void latencyOf300Milliseconds_isNoOutage() throws SQLException {
        try (Rig rig = Rig.on(server, Map.of()).awaitUp()) {
            rig.proxy.inject(Fault.latency(Duration.ofMillis(150)));
            assertNoAlarm(rig, Duration.ofSeconds(4));
            assertThat(rig.query("select 1")).isEqualTo("1");
            assertThat(rig.status()).isEqualTo(Status.UP);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void oneLostProbe_isNoOutage() {
        try (Rig rig = Rig.on(server, Map.of("DATABASE_POOL_MIN", "0")).awaitUp()) {
            rig.proxy.resetAll();
            assertNoAlarm(rig, Duration.ofSeconds(2));
            assertThat(rig.status()).isEqualTo(Status.UP);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void oneProbeThatIsNeverAnswered_isNoOutage() {
        try (Rig rig = Rig.on(server, Map.of()).awaitUp()) {
            rig.proxy.inject(Fault.stall(Direction.SERVER_TO_CLIENT), Affected.EXISTING);
            assertNoAlarm(rig, Duration.ofSeconds(5));
            assertThat(rig.status()).isEqualTo(Status.UP);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void resetsOfPooledConnections_costAtMostTheCallsOnThem() {
        try (Rig rig = Rig.on(server, Map.of("DATABASE_POOL_MIN", "5")).awaitUp()) {
            await().until(() -> rig.postgres.pool().idle() == 5);
            rig.proxy.resetAll();
            int failed = 0;
            for (int i = 0; i < 50; i++) {
                failed += rig.queryWorks() ? 0 : 1;
            }
            assertThat(failed).as("calls on the five connections").isLessThanOrEqualTo(5);
            assertNoAlarm(rig, Duration.ofSeconds(2));
            assertThat(rig.status()).isEqualTo(Status.UP);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void resetsInsideTls_areNoTlsFailure() {
        try (TestPostgres encrypted = TestPostgres.builder().tls().start()) {
            Rig.prepare(encrypted);
            Map<String, String> tls = Map.of("DATABASE_POOL_MIN", "5", "DATABASE_SSLMODE", "require");
            try (Rig rig = Rig.on(encrypted, tls).awaitUp()) {
                await().until(() -> rig.postgres.pool().idle() == 5);
                rig.proxy.resetAll();
                int worked = 0;
                for (int i = 0; i < 20; i++) {
                    worked += rig.queryWorks() ? 1 : 0;
                }
                assertThat(worked).isGreaterThanOrEqualTo(15);
                assertNoAlarm(rig, Duration.ofSeconds(2));
                assertThat(rig.status()).isEqualTo(Status.UP);
            }
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void useAfterGivingBack_isAMistakeOfTheCallerAndNoEvidence() throws SQLException {
        try (Rig rig = Rig.on(server, Map.of()).awaitUp()) {
            Connection connection = rig.postgres.dataSource().getConnection();
            connection.close();
            connection.close();

            assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
            assertThat(connection.isClosed()).isTrue();
            assertThat(rig.postgres.dependency().breaker().counts().failures()).isZero();
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void saturatedPool_isRefusedInTimeAndToldAsSaturated() throws SQLException {
        Map<String, String> small = Map.of("DATABASE_POOL_MAX", "2", "DATABASE_ACQUIRE_TIMEOUT", "500ms");
        try (Rig rig = Rig.on(server, small).awaitUp()) {
            List<Connection> taken = new ArrayList<>();
            taken.add(rig.postgres.dataSource().getConnection());
            taken.add(rig.postgres.dataSource().getConnection());

            long begun = System.nanoTime();
            assertThatThrownBy(() -> rig.query("select 1"))
                    .hasCauseInstanceOf(DependencySaturatedException.class)
                    .hasMessageContaining("saturated: 2 of 2");
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isBetween(Duration.ofMillis(450), Duration.ofMillis(1000));
            await().until(() -> rig.status() == Status.DEGRADED);
            assertThat(rig.health().findings()).anyMatch(finding -> finding.kind() == FailureKind.SATURATED);
            assertNoAlarm(rig, Duration.ofSeconds(2));

            for (Connection connection : taken) {
                connection.close();
            }
            assertThat(rig.query("select 1")).isEqualTo("1");
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void slowQueries_endByTheirLimitAndAreNoOutage() {
        try (Rig rig =
                Rig.on(server, Map.of("DATABASE_STATEMENT_TIMEOUT", "300ms")).awaitUp()) {
            for (int i = 0; i < 8; i++) {
                assertThatThrownBy(() -> rig.query("select pg_sleep(5)")).hasMessageContaining("statement timeout");
            }
            assertNoAlarm(rig, Duration.ofSeconds(2));
            assertThat(rig.status()).isEqualTo(Status.UP);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void mistakesOfCallers_areNoEvidence() {
        try (Rig rig = Rig.on(server, Map.of()).awaitUp()) {
            for (int i = 0; i < 20; i++) {
                assertThatThrownBy(() -> rig.query("select * from no_such_table"))
                        .isInstanceOf(SQLException.class);
                assertThatThrownBy(() -> rig.query("select 1/0")).isInstanceOf(SQLException.class);
            }
            assertNoAlarm(rig, Duration.ofSeconds(1));
            assertThat(rig.postgres.dependency().breaker().counts().failures()).isZero();
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void everyConnectionEnded_byAnAdministrator_isNoOutage() throws SQLException {
        try (TestPostgres itsOwn = Rig.server();
                Rig rig = Rig.on(itsOwn, Map.of()).awaitUp()) {
            itsOwn.admin().disconnectAll();
            assertNoAlarm(rig, Duration.ofSeconds(3));
            assertThat(rig.awaitQuery(Duration.ofSeconds(2))).isLessThan(Duration.ofSeconds(1));
        }
    }
}

package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mooring.failure.FailureKind;
import dev.mooring.health.Status;
import dev.mooring.testing.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that refuses writes, and a primary that moves. */
@Tag("server")
@Timeout(90)
class ReadOnlyTest {
    @AutoClose
    private final TestPostgres server = Rig.server();

    @BeforeEach
    void makeTable() throws SQLException {
        server.admin().execute("mlflow_db", "create table mine (id int)");
        server.admin().execute("mlflow_db", "alter table mine owner to registry");
    }

    @Test
    void readOnlyServer_isDegradedAndReadable_andWritableAgainByItself() throws SQLException {
        try (Rig rig = Rig.on(server, Map.of()).awaitUp()) {
            server.makeReadOnly();
            rig.awaitStatus(Status.DEGRADED, Duration.ofSeconds(5));
            assertThat(rig.health().findings()).anyMatch(finding -> finding.kind() == FailureKind.READ_ONLY);
            assertThat(rig.mooring.health().ready()).isTrue();
            assertThat(rig.postgres.isReadOnly()).isTrue();
            assertThat(rig.query("select count(*) from mine")).isEqualTo("0");
            assertThatThrownBy(() -> rig.update("insert into mine values (1)")).isInstanceOf(SQLException.class);

            server.makeWritable();
            rig.awaitStatus(Status.UP, Duration.ofSeconds(5));
            rig.update("insert into mine values (1)");
            assertThat(rig.postgres.isReadOnly()).isFalse();
        }
    }

    @Test
    void readOnlyTransactionOfACaller_isNoFinding() throws SQLException {
        try (Rig rig = Rig.on(server, Map.of()).awaitUp()) {
            try (Connection connection = rig.postgres.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setReadOnly(true);
                connection.setAutoCommit(false);
                assertThatThrownBy(() -> statement.execute("insert into mine values (1)"))
                        .hasMessageContaining("read-only transaction");
                connection.rollback();
            }
            await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(3)).until(() -> rig.status() == Status.UP);
            rig.update("insert into mine values (2)");
        }
    }

    @Test
    void failover_behindTheSameAddress_movesWritesWithoutARestart() throws SQLException {
        try (TestPostgres standby = server.newStandby();
                Rig rig = Rig.on(server, Map.of("DATABASE_POOL_MIN", "3")).awaitUp()) {
            rig.update("insert into mine values (1)");
            await().until(() -> standby.admin()
                    .ask("mlflow_db", "select count(*) from mine")
                    .equals("1"));

            standby.promote();
            server.makeReadOnly();
            rig.proxy.redirectTo(standby.host(), standby.port());
            long begun = System.nanoTime();
            await().atMost(Duration.ofSeconds(15))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> writes(rig));
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            Duration most = Duration.ofSeconds(3);
            Rig.measured("first write on the new primary, open connections left on the old one", took, most);
            assertThat(took).isLessThan(most);
            await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(5)).until(() -> writes(rig));
            assertThat(standby.admin().ask("mlflow_db", "select count(*) > 1 from mine"))
                    .isEqualTo("t");
            rig.awaitUp();
        }
    }

    @Test
    void severalHosts_usePrimaryOnly_andFollowThePromotion() throws SQLException {
        try (TestPostgres standby = server.newStandby()) {
            Map<String, String> both = Map.of(
                    "DATABASE_HOST",
                    standby.host() + ":" + standby.port() + "," + server.host() + ":" + server.port(),
                    "DATABASE_PORT",
                    "");
            Map<String, String> primaryOnly = Map.of(
                    "DATABASE_PORT",
                    String.valueOf(standby.port()),
                    "DATABASE_PARAMETERS",
                    "target_session_attrs=read-write");
            try (Rig rig = Rig.on(server, primaryOnly)) {
                await().atMost(Duration.ofSeconds(10))
                        .until(() -> rig.health().lastFailure().isPresent());
                assertThat(rig.health().lastFailure().orElseThrow().kind()).isEqualTo(FailureKind.READ_ONLY);
            }
            try (Rig rig = Rig.on(server, both).awaitUp()) {
                rig.update("insert into mine values (1)");
                await().until(() -> standby.admin()
                        .ask("mlflow_db", "select count(*) from mine")
                        .equals("1"));
                server.kill();
                standby.promote();
                Duration took = rig.awaitQuery(Duration.ofSeconds(15));
                await().atMost(Duration.ofSeconds(5)).until(() -> writes(rig));
                Rig.measured(
                        "first success on the other host after a kill and a promotion", took, Duration.ofSeconds(5));
            }
        }
    }

    private static boolean writes(Rig rig) {
        try {
            rig.update("insert into mine values (3)");
            return true;
        } catch (SQLException refused) {
            return false;
        }
    }
}

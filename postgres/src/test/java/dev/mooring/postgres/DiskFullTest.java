package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.failure.FailureKind;
import dev.mooring.health.Status;
import dev.mooring.testing.postgres.TestPostgres;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("server")
@Timeout(60)
class DiskFullTest {
    @AutoClose
    private final TestPostgres server = TestPostgres.builder().smallDisk().start();

    @Test
    void fullDisk_isDegradedUntilAWriteSucceedsOrAProbeFindsRoom() throws SQLException {
        Rig.prepare(server);
        server.admin().execute("mlflow_db", "create table mine (line text)");
        server.admin().execute("mlflow_db", "alter table mine owner to registry");
        try (Rig rig = Rig.on(server, Map.of()).awaitUp()) {
            server.fillDisk();
            await().until(() -> !writes(rig));
            rig.awaitStatus(Status.DEGRADED, Duration.ofSeconds(2));
            assertThat(rig.health().findings()).anyMatch(finding -> finding.kind() == FailureKind.DISK_FULL);
            assertThat(rig.mooring.health().ready()).isTrue();
            assertThat(rig.query("select 1")).isEqualTo("1");
            assertThat(rig.status()).as("a read clears nothing").isEqualTo(Status.DEGRADED);

            server.freeDisk();
            await().until(() -> writes(rig));
            rig.awaitStatus(Status.UP, Duration.ofSeconds(2));

            server.fillDisk();
            await().until(() -> !writes(rig));
            rig.awaitStatus(Status.DEGRADED, Duration.ofSeconds(2));
            await().during(Duration.ofSeconds(2))
                    .atMost(Duration.ofSeconds(4))
                    .until(() -> rig.status() == Status.DEGRADED);
            server.freeDisk();
            rig.awaitStatus(Status.UP, Duration.ofSeconds(5));
            assertThat(server.admin().ask("mlflow_db", "select count(*) from pg_class where relname = 'mooring_room'"))
                    .isEqualTo("0");
        }
    }

    private static boolean writes(Rig rig) {
        try {
            rig.update("insert into mine select repeat(md5(random()::text), 200) from generate_series(1, 200)");
            return true;
        } catch (SQLException full) {
            assertThat(full.getSQLState()).isEqualTo("53100");
            return false;
        }
    }
}

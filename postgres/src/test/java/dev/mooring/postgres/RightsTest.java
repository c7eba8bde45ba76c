package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mooring.failure.FailureKind;
import dev.mooring.health.Status;
import dev.mooring.testing.postgres.TestPostgres;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rights that a user loses and gets again: those that each probe asks for, and those that only calls show. */
@Tag("server")
@Tag("long")
@Timeout(60)
class RightsTest {
    private static final Migrations MIGRATIONS = Migrations.of("mooring", "classpath:migrations")
            .expectingColumns("model", "name", "last_version")
            .expecting("model_version")
            .expectingUpdates("model")
            .expectingDeletes("model");

    private static final Duration SOON = Duration.ofSeconds(15);

    @AutoClose
    private final TestPostgres server = Rig.server();

    private Rig rig;

    @BeforeEach
    void supervise() {
        rig = Rig.on(server, Map.of(), plan -> plan.startTask("schema", MIGRATIONS))
                .awaitUp();
    }

    @AfterEach
    void end() {
        rig.close();
    }

    @Test
    void rightThatNoProbeAsksFor_isOverWhenItIsGranted_withoutAWrite() throws SQLException {
        server.admin().execute("mlflow_db", "create role readers; create table other (n int); create sequence numbers");
        server.admin()
                .execute(
                        "mlflow_db",
                        "create function one() returns int language sql as 'select 1'; "
                                + "revoke execute on function one from public");
        for (String[] one : new String[][] {
            {"select * from other", "grant select on other to registry"},
            {"select nextval('numbers')", "grant usage on sequence numbers to registry"},
            {"select one()", "grant execute on function one to registry"},
            {"insert into other values (1)", "grant insert (n) on other to registry"},
            {"update other set n = 2", "grant update on other to readers; grant readers to registry"},
            {"delete from other", "alter table other owner to registry"},
        }) {
            assertThatThrownBy(() -> rig.update(one[0])).hasFieldOrPropertyWithValue("SQLState", "42501");
            rig.awaitStatus(Status.DEGRADED, SOON);
            assertThat(rig.health().findings()).anyMatch(finding -> finding.kind() == FailureKind.PERMISSION_DENIED);
            await().during(Duration.ofSeconds(1))
                    .atMost(Duration.ofSeconds(3))
                    .until(() -> rig.status() == Status.DEGRADED);

            server.admin().execute("mlflow_db", one[1]);
            rig.awaitStatus(Status.UP, Duration.ofSeconds(5));
        }
    }

    @Test
    void rightToChangeRows_isDegradedUntilItIsGranted() throws SQLException {
        server.admin()
                .execute("mlflow_db", "revoke update, delete on mooring.model, mooring.model_version from registry");
        rig.awaitStatus(Status.DEGRADED, SOON);
        assertThat(rig.mooring.health().warnings())
                .contains(
                        "database: writes are refused: registry may not update mooring.model, delete from mooring.model;"
                                + " grant the right, or make it the owner of the schema and its tables");

        server.admin().execute("mlflow_db", "grant update, delete on mooring.model to registry");
        rig.awaitStatus(Status.UP, SOON);
    }

    @Test
    void columnsAlone_areEnoughWhereAllThatTheBuildNamesAreReadable() throws SQLException {
        server.admin()
                .execute(
                        "mlflow_db",
                        "revoke select on mooring.model from registry;"
                                + " grant select (name) on mooring.model to registry");
        rig.awaitStatus(Status.DOWN, SOON);

        server.admin().execute("mlflow_db", "grant select (last_version) on mooring.model to registry");
        rig.awaitStatus(Status.UP, SOON);
    }

    @Test
    void rightByMembership_countsAsItsOwn() throws SQLException {
        server.admin().execute("mlflow_db", "create role readers; revoke select on mooring.model from registry");
        rig.awaitStatus(Status.DOWN, SOON);

        server.admin().execute("mlflow_db", "grant select on mooring.model to readers; grant readers to registry");
        rig.awaitStatus(Status.UP, SOON);

        server.admin().execute("mlflow_db", "revoke readers from registry");
        rig.awaitStatus(Status.DOWN, SOON);
    }
}

package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.breaker.BreakerState;
import dev.mooring.breaker.TransitionCause;
import dev.mooring.event.MooringEvent.BreakerMoved;
import dev.mooring.health.Status;
import dev.mooring.testing.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;

/** The database is dropped, restored or replaced under a running service. */
@Tag("server")
@Timeout(60)
class SchemaChangesTest {
    private static final Migrations MIGRATIONS =
            Migrations.of("mooring", "classpath:migrations-next").expecting("model", "model_version");
    private static final Migrations OLDER = Migrations.of("mooring", "classpath:migrations");
    private static final Duration SOON = Duration.ofSeconds(15);

    @AutoClose
    private final TestPostgres server = Rig.server();

    @Test
    void databaseDroppedAndMadeAnew_isMigratedBeforeTheFirstCall() throws Exception {
        try (Rig rig = migrated();
                Caller caller = new Caller(rig)) {
            server.admin().dropDatabase("mlflow_db");
            rig.awaitStatus(Status.DOWN, SOON);

            server.admin().createDatabase("mlflow_db", Rig.USER);

            awaitReadyAgain(rig);
            assertThat(caller.statesOf("42P01", "3F000")).isEmpty();
        }
    }

    @Test
    void databaseReplacedWithinOneProbe_isMigratedToo() throws Exception {
        try (Rig rig = migrated()) {
            Set<String> before = Set.of(rig.query("select oid from pg_database where datname = current_database()"));
            server.admin().createDatabase("spare", Rig.USER);
            server.admin()
                    .execute("alter database mlflow_db with allow_connections false;"
                            + "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'mlflow_db'");
            await().until(() -> server.admin()
                    .ask("postgres", "select count(*) from pg_stat_activity where datname = 'mlflow_db'")
                    .equals("0"));
            server.admin().execute("alter database mlflow_db rename to gone");
            server.admin().execute("alter database spare rename to mlflow_db");

            await().atMost(SOON).until(() -> rig.queryWorks() && !before.contains(oid(rig)));
            awaitReadyAgain(rig);
        }
    }

    @Test
    void anotherServerAtTheSameAddress_isMigratedBeforeTheFirstCall() throws Exception {
        try (TestPostgres empty = Rig.server();
                Rig rig = migrated();
                Caller caller = new Caller(rig)) {
            rig.proxy.redirectTo(empty.host(), empty.port());
            rig.proxy.resetAll();

            await().atMost(SOON).until(() -> empty.admin()
                    .ask("mlflow_db", "select to_regclass('mooring.model') is not null")
                    .equals("t"));
            awaitReadyAgain(rig);
            assertThat(caller.statesOf("3F000")).isEmpty();
        }
    }

    @Test
    void schemaDropped_opensTheBreakerAndIsMadeAgain() throws Exception {
        try (Rig rig = migrated()) {
            server.admin().execute("mlflow_db", "drop schema mooring cascade");

            await().atMost(SOON).until(() -> rig.events.stream()
                    .anyMatch(
                            event -> event instanceof BreakerMoved move && move.cause() == TransitionCause.UNPREPARED));
            awaitReadyAgain(rig);
        }
    }

    @Test
    void olderDumpRestored_isMigratedToThisVersion() throws Exception {
        try (Rig rig = migrated()) {
            server.admin().execute("mlflow_db", "drop schema mooring cascade");
            OLDER.run(owner());

            awaitReadyAgain(rig);
            assertThat(rig.query("select count(description) from mooring.model"))
                    .isEqualTo("0");
        }
    }

    @Test
    void tableDropped_isToldByNameUntilItIsBack() throws Exception {
        try (Rig rig = migrated()) {
            server.admin().execute("mlflow_db", "alter table mooring.model_version rename to hidden");

            await().atMost(SOON).until(() -> rig.mooring
                    .health()
                    .reasons()
                    .toString()
                    .contains("starting: schema failed: schema mooring lacks model_version"));
            assertThat(rig.mooring.health().ready()).isFalse();

            server.admin().execute("mlflow_db", "alter table mooring.hidden rename to model_version");
            awaitReadyAgain(rig);
        }
    }

    @Test
    void columnDropped_isToldByNameUntilItIsBack() throws Exception {
        Migrations named = MIGRATIONS.expectingColumns("model", "name", "description");
        try (Rig rig = Rig.on(server, Map.of(), plan -> plan.startTask("schema", named))
                .awaitUp()) {
            server.admin().execute("mlflow_db", "alter table mooring.model add column newer text");
            server.admin().execute("mlflow_db", "alter table mooring.model drop column last_version");
            assertThat(stateOf(rig, "select nope from mooring.model")).isEqualTo("42703");
            await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(3)).until(() -> rig.status() == Status.UP);

            server.admin().execute("mlflow_db", "alter table mooring.model rename column description to hidden");
            await().atMost(SOON).until(() -> rig.mooring
                    .health()
                    .reasons()
                    .toString()
                    .contains("starting: schema failed: schema mooring lacks column description of model"));
            assertThat(rig.mooring.health().ready()).isFalse();
            assertThat(rig.mooring.health().error()).contains("schema_missing");
            assertThat(rig.mooring.health().reasons())
                    .anyMatch(reason -> reason.startsWith("database: schema_missing"));

            server.admin().execute("mlflow_db", "alter table mooring.model rename column hidden to description");
            awaitReadyAgain(rig);
        }
    }

    @Test
    @Tag("long")
    void rightToReadRevoked_isDownUntilItIsGranted() throws Exception {
        try (Rig rig = migrated()) {
            server.admin().execute("mlflow_db", "revoke all on schema mooring from registry");
            rig.awaitStatus(Status.DOWN, SOON);
            assertThat(rig.mooring.health().ready()).isFalse();
            assertThat(rig.mooring.health().reasons())
                    .allMatch(one -> one.startsWith("database: permission_denied since"));
            assertThat(rig.health().lastFailure().orElseThrow().message())
                    .isEqualTo(
                            "registry may not read mooring.model, mooring.model_version; grant the right, or make it the"
                                    + " owner of the schema and its tables");

            server.admin().execute("mlflow_db", "grant usage on schema mooring to registry");
            awaitReadyAgain(rig);

            server.admin().execute("mlflow_db", "revoke select on mooring.model_version from registry");
            rig.awaitStatus(Status.DOWN, SOON);
            assertThat(rig.health().lastFailure().orElseThrow().message())
                    .startsWith("registry may not read mooring.model_version; grant");

            server.admin().execute("mlflow_db", "grant select on mooring.model_version to registry");
            awaitReadyAgain(rig);
            assertThat(rig.events)
                    .noneMatch(
                            event -> event instanceof BreakerMoved move && move.cause() == TransitionCause.UNPREPARED);
        }
    }

    @Test
    void rightToWriteRevoked_staysDegradedUntilItIsGranted_whateverOtherWritesSucceed() throws Exception {
        try (Rig rig = migrated()) {
            rig.update("create table other (n int)");
            server.admin().execute("mlflow_db", "revoke insert on all tables in schema mooring from registry");
            rig.awaitStatus(Status.DEGRADED, SOON);
            assertThat(stateOf(rig, "insert into mooring.model (name) values ('a') returning 1"))
                    .isEqualTo("42501");
            rig.update("insert into other values (1)");

            await().during(Duration.ofSeconds(2))
                    .atMost(Duration.ofSeconds(4))
                    .until(() -> rig.status() == Status.DEGRADED);
            assertThat(rig.mooring.health().ready()).isTrue();
            assertThat(rig.mooring.health().warnings())
                    .contains(
                            "database: writes are refused: registry may not insert into mooring.model,"
                                    + " mooring.model_version; grant the right, or make it the owner of the schema and its tables");
            assertThat(stateOf(rig, "insert into mooring.model (name) values ('a') returning 1"))
                    .isEqualTo("42501");

            server.admin().execute("mlflow_db", "grant insert on all tables in schema mooring to registry");
            awaitReadyAgain(rig);
        }
    }

    @Test
    void tableOfANewerBuildThatReplacesOurs_changesNothing() throws Exception {
        try (Rig rig = migrated()) {
            server.admin()
                    .execute(
                            "mlflow_db",
                            "begin; create table mooring.model_new (like mooring.model_version);"
                                    + " drop table mooring.model_version; alter table mooring.model_new rename to model_version;"
                                    + " alter table mooring.model_version owner to registry;"
                                    + " create table mooring.another (n int); commit");
            await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(4)).until(() -> rig.status() == Status.UP);
        }
    }

    @Test
    void statementOfTheApplicationWithATypo_isNoEvidence() throws Exception {
        try (Rig rig = migrated()) {
            for (int i = 0; i < 20; i++) {
                assertThat(stateOf(rig, "select nope from mooring.model")).isEqualTo("42703");
                assertThat(stateOf(rig, "select * from mooring.modle")).isEqualTo("42P01");
            }
            await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(3)).until(() -> rig.status() == Status.UP);
            assertThat(rig.events)
                    .noneMatch(event -> event instanceof BreakerMoved move && move.to() == BreakerState.OPEN);
        }
    }

    private Rig migrated() {
        return Rig.on(server, Map.of(), plan -> plan.startTask("schema", MIGRATIONS))
                .awaitUp();
    }

    private static void awaitReadyAgain(Rig rig) {
        await().atMost(SOON)
                .until(() -> rig.mooring.health().ready()
                        && rig.status() == Status.UP
                        && stateOf(rig, "select max(version) from mooring.flyway_schema_history")
                                .equals("3"));
    }

    private static String oid(Rig rig) {
        try {
            return rig.query("select oid from pg_database where datname = current_database()");
        } catch (SQLException away) {
            return "";
        }
    }

    private static String stateOf(Rig rig, String sql) {
        try {
            return rig.query(sql);
        } catch (SQLException failed) {
            return failed.getSQLState();
        }
    }

    private DataSource owner() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {server.host()});
        source.setPortNumbers(new int[] {server.port()});
        source.setDatabaseName("mlflow_db");
        source.setUser(Rig.USER);
        source.setPassword(Rig.PASSWORD);
        return source;
    }

    /** Reads the table all the time, and remembers the SQLSTATE of each failure. */
    private static final class Caller implements AutoCloseable {
        private final AtomicBoolean over = new AtomicBoolean();
        private final Set<String> states = ConcurrentHashMap.newKeySet();
        private final Thread thread;

        Caller(Rig rig) {
            thread = new Thread(() -> {
                while (!over.get()) {
                    call(rig);
                }
            });
            thread.start();
        }

        private void call(Rig rig) {
            try (Connection connection = rig.postgres.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("select count(description) from mooring.model");
            } catch (SQLException failed) {
                states.add(String.valueOf(failed.getSQLState()));
            }
        }

        Set<String> statesOf(String... wanted) {
            Set<String> seen = ConcurrentHashMap.newKeySet();
            seen.addAll(states);
            seen.retainAll(Set.of(wanted));
            return seen;
        }

        @Override
        public void close() throws InterruptedException {
            over.set(true);
            thread.join();
        }
    }
}

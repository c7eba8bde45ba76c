package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.mooring.testing.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("server")
@Timeout(60)
class MigrationsTest {
    private static final Migrations MIGRATIONS =
            Migrations.of("mooring", "classpath:migrations").expecting("model", "model_version");

    @AutoClose
    private final TestPostgres server = Rig.server();

    private DataSource database;

    @BeforeEach
    void connect() {
        database = server.admin().dataSource("mlflow_db");
    }

    @Test
    void instances_thatStartTogether_migrateOnce() throws Exception {
        ExecutorService instances = Executors.newFixedThreadPool(4);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            all.add(instances.submit((Callable<Object>) () -> {
                MIGRATIONS.run(database);
                return "";
            }));
        }
        for (Future<?> one : all) {
            one.get();
        }
        instances.shutdown();

        assertThat(ask("select count(*) from mooring.flyway_schema_history where version is not null and success"))
                .isEqualTo("2");
    }

    @Test
    void scriptsOfANewerBuild_areLeftAlone() throws Exception {
        Migrations.of("mooring", "classpath:migrations-next").run(database);

        MIGRATIONS.run(database);

        assertThat(ask("select max(version) from mooring.flyway_schema_history"))
                .isEqualTo("3");
    }

    @Test
    void scriptsOfAnotherModule_areLeftAlone_andOursRunBelowTheirNumbers() throws Exception {
        Migrations other = Migrations.of("mooring", "classpath:migrations-other")
                .amongOthers()
                .expecting("note");
        other.run(database);

        MIGRATIONS.amongOthers().run(database);
        other.run(database);

        assertThat(ask("select string_agg(version, ' ' order by installed_rank) from mooring.flyway_schema_history"))
                .isEqualTo("5 1 2");
    }

    @Test
    void scriptsThatRunInOrder_amongOthers_logNoWarning() throws Exception {
        try (Logged logged = Logged.of("org.flywaydb")) {
            MIGRATIONS.amongOthers().run(database);
            Migrations.of("mooring", "classpath:migrations-other").amongOthers().run(database);
            assertThat(logged.events()).isNotEmpty().noneMatch(event -> event.getLevel()
                    .isGreaterOrEqual(Level.WARN));

            MIGRATIONS.amongOthers().run(database);
            assertThat(logged.lines()).noneMatch(line -> line.contains("outOfOrder"));
        }
    }

    @Test
    void scriptChangedAfterItRan_isToldAsDrift() throws Exception {
        MIGRATIONS.run(database);

        assertThatThrownBy(() ->
                        Migrations.of("mooring", "classpath:migrations-changed").run(database))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("checksum mismatch")
                .hasMessageContaining("version 1");
    }

    @Test
    void scriptThatFails_isToldInOneLineInOurWords() throws Exception {
        MIGRATIONS.run(database);
        server.admin().execute("mlflow_db", "alter table mooring.model add column description text");

        assertThatThrownBy(() ->
                        Migrations.of("mooring", "classpath:migrations-next").run(database))
                .isInstanceOf(SchemaException.class)
                .hasMessage(
                        "schema mooring: script V3__description.sql failed at line 1: a column of that name exists already,"
                                + " and the history does not know it (SQLSTATE 42701)");
    }

    @Test
    @Tag("long")
    void schemaThatTheRoleMayNotMake_isToldWithTheRightThatIsMissing() throws Exception {
        server.admin()
                .execute(
                        "revoke create on database mlflow_db from registry; alter database mlflow_db owner to postgres");
        try (Rig rig = Rig.on(server, Map.of(), plan -> plan.startTask("schema", MIGRATIONS))) {
            await().until(() -> rig.mooring.health().reasons().toString().contains("schema failed"));

            assertThat(rig.mooring.health().reasons())
                    .contains(
                            "starting: schema failed: schema mooring: the migration failed: registry may not create the schema;"
                                    + " grant create on database mlflow_db to registry (SQLSTATE 42501)");
        }
    }

    @Test
    void tableThatIsMissing_isToldByName() throws Exception {
        MIGRATIONS.run(database);
        server.admin().execute("mlflow_db", "drop table mooring.model_version");

        assertThatThrownBy(() -> MIGRATIONS.run(database))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("schema mooring lacks model_version");
    }

    @Test
    void columnThatIsMissing_isToldByName() throws Exception {
        Migrations named = MIGRATIONS
                .expectingColumns("model", "name", "last_version")
                .expectingColumns("model_version", "name", "version");
        named.run(database);
        server.admin().execute("mlflow_db", "alter table mooring.model add column more text");
        named.run(database);
        server.admin().execute("mlflow_db", "alter table mooring.model drop column last_version");

        assertThatThrownBy(() -> named.run(database))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("schema mooring lacks column last_version of model, although");
    }

    @Test
    void anotherInstanceThatHoldsTheLock_isWaitedForBeyondEveryLimit() throws Exception {
        MIGRATIONS.run(database);
        server.admin().execute("mlflow_db", "grant all on schema mooring to registry");
        server.admin().execute("mlflow_db", "alter table mooring.model owner to registry");
        server.admin().execute("mlflow_db", "alter table mooring.flyway_schema_history owner to registry");
        Migrations next = Migrations.of("mooring", "classpath:migrations-next");
        Map<String, String> hasty = Map.of("DATABASE_STATEMENT_TIMEOUT", "200ms", "DATABASE_SOCKET_TIMEOUT", "1");
        try (Connection other = database.getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table mooring.model in access exclusive mode");
            try (Rig rig = Rig.on(server, hasty, builder -> builder.startTask("migrations", next))) {
                await().until(() -> blocked() == 1);
                await().during(Duration.ofSeconds(2))
                        .atMost(Duration.ofSeconds(4))
                        .until(() -> blocked() == 1);
                assertThat(rig.mooring.health().reasons().toString())
                        .contains("migrations")
                        .doesNotContain("failed");
                other.rollback();
                rig.awaitUp();
                assertThat(rig.query("select count(description) from mooring.model"))
                        .isEqualTo("0");
            }
        }
    }

    private int blocked() throws SQLException {
        return Integer.parseInt(
                ask("select count(*) from pg_stat_activity where wait_event_type = 'Lock' and usename = 'registry'"));
    }

    private String ask(String query) throws SQLException {
        return server.admin().ask("mlflow_db", query);
    }
}

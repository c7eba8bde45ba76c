package dev.mooring.registry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.mooring.operations.control.OperationsSchema;
import dev.mooring.postgres.DatabaseTask;
import dev.mooring.testing.postgres.TestPostgres;
import java.sql.SQLException;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every database that the service may find comes to the same tables, and no script runs twice. */
@Timeout(180)
class SchemaTest {
    /** As release 1.0.0 left it; such databases exist, so the names and the bytes of these scripts never change. */
    private static final String HISTORY_OF_1_0_0 = """
            1 V1__models.sql -1897885964
            2 V2__audit_and_intents.sql 935724363
            3 V3__api_key.sql -1882055820
            4 V4__configuration.sql 132377820
            5 V5__state_change.sql 1144501905""";

    private static final String TABLES =
            "api_key audit_entry audit_head configuration flyway_schema_history forwarded_create handled_message mirror_doubt"
                    + " mirror_gone mirror_sync model model_alias model_event model_version operator_intent outbox queue_delivery queue_group queue_message"
                    + " registration registration_outcome"
                    + " state_change version_request";

    /** Every fourth kill finds what kills between them find, because each script is one transaction; 1 tries them all. */
    private static final int STEP = Integer.getInteger("mooring.schema.step", 4);

    private static TestPostgres server;

    @BeforeAll
    static void startServer() {
        server = TestPostgres.started();
    }

    @AfterAll
    static void endServer() {
        server.close();
    }

    @Test
    void freshDatabase_hasTheHistoryOfTheLastReleaseAndMore() throws SQLException {
        server.admin().createDatabase("fresh");

        assertThat(migrate("fresh")).matches("migrated to version \\d+ \\(\\d\\.\\d s\\)");

        assertThat(history("fresh")).startsWith(HISTORY_OF_1_0_0);
        assertThat(tables("fresh")).isEqualTo(TABLES);
    }

    @Test
    void startTask_expectsEachColumnThatTheScriptsMake() throws SQLException {
        server.admin().createDatabase("columns");
        migrate("columns");

        StringBuilder expected = new StringBuilder();
        Schema.MIGRATIONS.tables().forEach((table, columns) -> columns.stream()
                .sorted()
                .forEach(column ->
                        expected.append(table).append('.').append(column).append('\n')));
        assertThat(server.admin().ask("columns", """
                        select string_agg(table_name || '.' || column_name || E'\\n', ''
                            order by table_name collate "C", column_name collate "C")
                        from information_schema.columns
                        where table_schema = 'mooring' and table_name <> 'flyway_schema_history'""")).isEqualTo(expected.toString());
    }

    @Test
    void databaseOfTheLastRelease_keepsItsRowsAndIsMigratedOnce() throws SQLException {
        server.admin().createDatabase("last");
        Flyway.configure()
                .dataSource(server.admin().dataSource("last"))
                .schemas("mooring")
                .locations("classpath:db/migration", OperationsSchema.SCRIPTS)
                .target("5")
                .load()
                .migrate();
        server.admin().execute("last", """
                insert into mooring.model (name, last_version, updated_at) values ('churn', 2, '2026-01-01T00:00:00.1239Z');
                insert into mooring.registration (registration_id, scope, request_hash, model)
                  select gen_random_uuid(), 'alice', '', 'churn' from generate_series(1, 2);
                insert into mooring.model_version (model, version, registration_id, source, tags, metrics, registered_by, created_at)
                  select 'churn', row_number() over (), registration_id, 's3://churn', '{"team":"growth"}', '{"auc":0.5}', 'alice',
                         '2026-01-01T00:00:00.1239Z' from mooring.registration;
                insert into mooring.model_alias (model, alias, version) values ('churn', 'champion', 2);
                insert into mooring.model_event (model, action, version, actor) values ('churn', 'registered', 1, 'alice')""");

        assertThat(migrate("last")).startsWith("migrated to version ");

        assertThat(history("last")).startsWith(HISTORY_OF_1_0_0);
        assertThat(server.admin().ask("last", """
                select concat_ws(' ', m.origin, m.name, m.last_version, m.tags, v.version, v.source, v.tags, v.metrics,
                                 v.current_stage, a.alias, e.action, e.model_id = m.model_id,
                                 extract(milliseconds from v.last_updated), extract(milliseconds from m.last_updated))
                from mooring.model m join mooring.model_version v on v.model = m.name
                join mooring.model_alias a on a.model = v.model and a.version = v.version
                join mooring.model_event e on e.model = m.name"""))
                .isEqualTo(" churn 2 {} 2 s3://churn {\"team\": \"growth\"} {\"auc\": 0.5} None champion registered t"
                        + " 124.000 124.000");
        assertThat(migrate("last")).startsWith("at version ");
    }

    @Test
    void registrationsOfBefore_belongToTheRegistryThatMadeThem() throws SQLException {
        server.admin().createDatabase("apart");
        Flyway.configure()
                .dataSource(server.admin().dataSource("apart"))
                .schemas("mooring")
                .locations("classpath:db/migration", OperationsSchema.SCRIPTS)
                .target("18")
                .load()
                .migrate();
        server.admin().execute("apart", """
                insert into mooring.registration (registration_id, scope, idempotency_key, request_hash, model)
                  select ('00000000-0000-7000-8000-00000000000' || n)::uuid, 'alice', key, '', 'churn'
                  from (values (1, 'local'), (2, 'local-deleted'), (3, 'mlflow'), (4, 'rejected'), (5, 'accepted')) as r (n, key);
                insert into mooring.registration_outcome (registration_id, status, version, cause)
                  select registration_id, case idempotency_key when 'rejected' then 'rejected' else 'registered' end,
                         case idempotency_key when 'rejected' then null else 1 end,
                         case idempotency_key when 'rejected' then 'why' end
                  from mooring.registration where idempotency_key <> 'accepted';
                insert into mooring.model_event (origin, model, action, version, registration_id, actor)
                  select case idempotency_key when 'mlflow' then 'mlflow' else '' end, 'churn', 'registered', 1, registration_id, 'alice'
                  from mooring.registration where idempotency_key in ('local', 'mlflow')""");

        migrate("apart");

        assertThat(server.admin().ask("apart", """
                select string_agg(idempotency_key || '=' || origin, ' ' order by registration_id) from mooring.registration"""))
                .isEqualTo("local= local-deleted= mlflow=mlflow rejected=mlflow accepted=mlflow");
    }

    @Test
    void databaseOfAnotherServiceWithOperations_getsTheModelsToo() throws SQLException {
        server.admin().createDatabase("shared");
        OperationsSchema.migrations().run(server.admin().dataSource("shared"));

        migrate("shared");
        OperationsSchema.migrations().run(server.admin().dataSource("shared"));

        assertThat(tables("shared")).isEqualTo(TABLES);
    }

    @Test
    void emptyHistory_meansNoVersionAndIsMigrated() throws SQLException {
        server.admin().createDatabase("empty_history");
        new Schema().run(server.admin().dataSource("empty_history"));
        server.admin()
                .execute(
                        "empty_history",
                        "create table kept (like mooring.flyway_schema_history including all); drop schema mooring cascade;"
                                + " create schema mooring; alter table kept set schema mooring;"
                                + " alter table mooring.kept rename to flyway_schema_history");

        assertThat(migrate("empty_history")).startsWith("migrated to version ");

        assertThat(tables("empty_history")).isEqualTo(TABLES);
    }

    @Test
    @Tag("long")
    void migrationKilledBetweenItsStatements_leavesNothingThatTheNextStartCannotMend() throws SQLException {
        server.admin().createDatabase("killed");
        int statement = 1;
        while (isKilled(new Schema(), "killed", statement)) {
            new Schema().run(server.admin().dataSource("killed"));

            assertThat(history("killed"))
                    .as("killed at statement %d", statement)
                    .startsWith(HISTORY_OF_1_0_0);
            assertThat(tables("killed")).as("killed at statement %d", statement).isEqualTo(TABLES);
            server.admin().execute("killed", "drop schema mooring cascade");
            statement += STEP;
        }
        System.out.println("the first migration was killed before one in " + STEP + " of its " + (statement - 1)
                + " statements and commits that change something");
        assertThat(statement).isGreaterThan(15);
    }

    @Test
    void migrationOfOperationsThatIsKilled_isMendedByTheRegistryInTheSameSchema() throws SQLException {
        server.admin().createDatabase("shared_and_killed");
        int statement = 1;
        while (isKilled(OperationsSchema.migrations(), "shared_and_killed", statement)) {
            new Schema().run(server.admin().dataSource("shared_and_killed"));

            assertThat(tables("shared_and_killed"))
                    .as("killed at statement %d", statement)
                    .isEqualTo(TABLES);
            server.admin().execute("shared_and_killed", "drop schema mooring cascade");
            statement += 5 * STEP;
        }
        assertThat(statement).isGreaterThan(15);
    }

    /** Whether the task came as far as this statement, and was killed there. Returns when the server has noticed. */
    private static boolean isKilled(DatabaseTask task, String database, int statement) {
        KilledAtStatement killing = new KilledAtStatement(server.admin().dataSource(database), statement);
        Throwable failed = catchThrowable(() -> task.run(killing));
        assertThat(failed).satisfiesAnyOf(none -> assertThat(none).isNull(), some -> assertThat(killing.hasKilled())
                .isTrue());
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2)).until(() -> server.admin()
                .ask("postgres", "select count(*) from pg_stat_activity where datname = '" + database + "'")
                .equals("0"));
        return killing.hasKilled();
    }

    private static String migrate(String database) throws SQLException {
        Schema schema = new Schema();
        schema.run(server.admin().dataSource(database));
        return schema.news();
    }

    private static String history(String database) throws SQLException {
        return server.admin().ask(database, """
                select string_agg(version || ' ' || script || ' ' || checksum, E'\\n' order by installed_rank)
                from mooring.flyway_schema_history where version is not null""");
    }

    private static String tables(String database) throws SQLException {
        return server.admin().ask(database, """
                select string_agg(tablename, ' ' order by tablename) from pg_tables where schemaname = 'mooring'""");
    }
}

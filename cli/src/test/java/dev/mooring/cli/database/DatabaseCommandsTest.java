package dev.mooring.cli.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.cli.Run;
import dev.mooring.embedded.machine.FreePort;
import dev.mooring.testing.http.ScriptedServer;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.redis.TestRedis;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class DatabaseCommandsTest {
    private static TestPostgres server;

    @BeforeAll
    static void start() {
        server = TestPostgres.started();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Map<String, String> variables(String database) {
        return new HashMap<>(Map.of(
                "DATABASE_HOST", server.host(),
                "DATABASE_PORT", String.valueOf(server.port()),
                "DATABASE_USER", server.admin().user(),
                "DATABASE_PASSWORD", server.admin().password(),
                "DATABASE_NAME", database,
                "DATABASE_POOL_MAX", "5"));
    }

    @Test
    void init_ofEachProfile_makesItsTables_andASecondRunChangesNothing() throws Exception {
        for (String profile : new String[] {"registry", "flow", "glucolens"}) {
            server.admin().createDatabase("init_" + profile);
            Map<String, String> variables = variables("init_" + profile);

            assertThat(Run.with(variables, "init", "--profile", profile).out())
                    .contains("schema     migrated to version ");
            Run again = Run.with(variables, "init", "--profile", profile, "-o", "json");

            assertThat(again.exitCode()).isZero();
            assertThat(again.out())
                    .contains("\"ready\" : true", "\"profile\" : \"" + profile + "\"", "\"before\" : \"");
            assertThat(Run.with(variables, "check", "--profile", profile).out()).contains("Overall: 5/5 tests passed");
        }
    }

    @Test
    void init_ofFlow_isKnownToTheServerByItsName() throws Exception {
        server.admin().createDatabase("named");
        Run.with(variables("named"), "init", "--profile", "flow");

        CompletableFuture<Run> waits;
        try (Connection connection = holdingTheHistory("named")) {
            waits = CompletableFuture.supplyAsync(() -> Run.with(variables("named"), "init", "--profile", "flow"));
            await().until(() -> !server.admin()
                    .ask("named", "select count(*) from pg_stat_activity where application_name = 'flow_backend_init'")
                    .equals("0"));
            connection.rollback();
        }
        assertThat(waits.get().exitCode()).isZero();
    }

    @Test
    void init_whileAnotherHoldsTheLock_endsInItsTime() throws Exception {
        server.admin().createDatabase("locked");
        Run.with(variables("locked"), "init", "--profile", "flow");
        try (Connection connection = holdingTheHistory("locked")) {
            Map<String, String> variables = variables("locked");
            Run whole = Run.with(variables, "init", "--profile", "flow", "--timeout", "1s");
            variables.put("DATABASE_MAX_RETRIES", "1");
            Run statement = Run.with(variables, "init", "--profile", "flow", "--statement-timeout", "300ms");

            assertThat(whole.exitCode()).isEqualTo(1);
            assertThat(whole.err()).contains("the schema was not in place within 1 s; see in pg_stat_activity");
            assertThat(statement.exitCode()).isEqualTo(1);
            assertThat(statement.err()).contains("canceling statement due to statement timeout");
            connection.rollback();
        }
    }

    @Test
    void init_whileTheServerIsStopped_namesTheRefusalAndEndsInItsTime() {
        Map<String, String> variables = variables("any");
        variables.put("DATABASE_PORT", String.valueOf(FreePort.choose()));
        long begun = System.nanoTime();
        Run run = Run.with(variables, "init", "--profile", "flow", "--timeout", "3s");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("mooring: the schema was not in place within 3 s: no connection to 127.0.0.1:")
                .contains("connection refused. Nothing listens there")
                .doesNotContain("pg_stat_activity");
        // The third pause is 2.25 s, of which 0.5 s are left.
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(Duration.ofSeconds(2), Duration.ofMillis(4500));
    }

    @Test
    void check_whileTheServerIsStopped_endsInItsTimeAndSaysHowLongItTakes() {
        Map<String, String> variables = variables("any");
        variables.put("DATABASE_PORT", String.valueOf(FreePort.choose()));
        long begun = System.nanoTime();
        Run run = Run.with(variables, "check", "--profile", "flow", "--timeout", "2s");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("mooring: the next test makes up to 10 attempts, with pauses of about 2 s in all; --timeout");
        assertThat(run.out())
                .containsPattern("Connection with Retry: FAILED \\(.*s\\) {3}connection_refused: ")
                .endsWith("Overall: 0/5 tests passed\n");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(3500));
    }

    private static Connection holdingTheHistory(String database) throws SQLException {
        Connection connection = server.admin().connect(database);
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("lock table mooring.flyway_schema_history");
        }
        return connection;
    }

    @Test
    void init_withAProfileInTheEnvironment_takesIt() throws Exception {
        server.admin().createDatabase("by_environment");
        Map<String, String> variables = variables("by_environment");
        variables.put("PROFILE", "glucolens");

        assertThat(Run.with(variables, "init", "-o", "json").out()).contains("\"profile\" : \"glucolens\"");
    }

    @Test
    void init_withATableThatTheHistoryDoesNotKnow_saysWhatIsWrongAndEndsWith2() throws Exception {
        server.admin().createDatabase("occupied");
        server.admin().execute("occupied", "create table public.readings (id int)");

        Run run = Run.with(variables("occupied"), "init", "--profile", "glucolens");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("script V201__readings.sql failed", "a table of that name exists already");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void init_withAScriptThatWasChangedAfterItRan_endsAtOnceWith2() throws Exception {
        server.admin().createDatabase("changed");
        Run.with(variables("changed"), "init", "--profile", "flow");
        server.admin()
                .execute("changed", "update mooring.flyway_schema_history set checksum = 1 where version = '101'");

        Run run = Run.with(variables("changed"), "init", "--profile", "flow");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("the script of version 101 was changed after it ran")
                .doesNotContain("next in");
    }

    @Test
    void check_withMissingTables_namesThemAndTheCommandThatMakesThem() throws Exception {
        server.admin().createDatabase("incomplete");
        Map<String, String> variables = variables("incomplete");
        Run.with(variables, "init", "--profile", "flow");
        server.admin().execute("incomplete", "drop table public.payments, public.notifications cascade");

        Run run = Run.with(variables, "check", "--profile", "flow");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("Schema Validation: FAILED (")
                .contains("missing: payments, notifications → run: mooring init --profile flow")
                .endsWith("\n\nOverall: 4/5 tests passed\n");
    }

    @Test
    void check_ofTheRegistry_alsoVerifiesWhatIsInForce() throws Exception {
        server.admin().createDatabase("registry_check");
        Map<String, String> variables = variables("registry_check");
        variables.put("MLFLOW_TRACKING_URI", "http://127.0.0.1:5000");
        Run.with(variables, "init");

        assertThat(Run.with(variables, "check").out())
                .containsPattern("Database Names: PASSED \\(.*s\\) {3}registry_check, no fallback")
                .containsPattern("Time Limits: PASSED \\(.*s\\) {3}connect 10 s, answer 30 s, statement 10 s, pool 2 s")
                .containsPattern("Retry Policy: PASSED \\(.*s\\) {3}3 of 3 attempts within 30 s, waits of 1 s, 2 s,")
                .containsPattern("Error Messages: PASSED")
                .containsPattern(
                        "MLflow Limits: PASSED \\(.*s\\) {3}connect 10 s, answer 30 s, 3 attempts, waits from 1 s");
    }

    @Test
    void check_withFewerPlacesThanThePoolMayTake_fails() throws Exception {
        server.admin().createDatabase("narrow");
        server.admin().createRole("narrow", "narrow");
        server.admin().execute("alter role narrow connection limit 3");
        Map<String, String> variables = variables("narrow");
        variables.put("DATABASE_USER", "narrow");
        variables.put("DATABASE_PASSWORD", "narrow");
        variables.put("DATABASE_POOL_MAX", "10");

        assertThat(Run.with(variables, "check", "--profile", "glucolens").out())
                .containsPattern("Concurrent Connections: FAILED \\(.*s\\) {3}3 of 10, 80 % needed: ")
                .containsPattern("Database Health: PASSED");
    }

    @Test
    void command_withoutAnyAddress_saysWhatToSet() {
        for (String command : new String[] {"wait", "init", "check"}) {
            Run run = Run.with(Map.of("HOME", "/nowhere"), command);

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err())
                    .startsWith("mooring: no database is named; set DATABASE_HOST, DATABASE_URL or POSTGRES_URI");
        }
    }

    @Test
    void command_withTheVariablesOfLibpq_usesThemAndSaysSo() throws Exception {
        server.admin().createDatabase("by_libpq");
        Map<String, String> variables = Map.of(
                "PGHOST", server.host(),
                "PGPORT", String.valueOf(server.port()),
                "PGUSER", server.admin().user(),
                "PGPASSWORD", server.admin().password(),
                "PGDATABASE", "by_libpq");

        Run run = Run.with(variables, "init", "--profile", "flow");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).contains("using libpq's PGHOST, PGPORT, PGUSER, PGDATABASE, PGPASSWORD");
        assertThat(run.out()).contains("/by_libpq as ");
    }

    @Test
    void wait_forADatabaseThatIsCreatedLate_isReadyThen() throws Exception {
        CompletableFuture<Run> waits = CompletableFuture.supplyAsync(
                () -> Run.with(variables("late"), "wait", "--timeout", "30s", "--interval", "0.1s"));
        server.admin().createDatabase("late");

        assertThat(waits.get().exitCode()).isZero();
        assertThat(waits.get().out()).startsWith("database   ready after ").contains("PostgreSQL ");
    }

    @Test
    void wait_patiently_waitsForARoleThatIsCreatedLate() throws Exception {
        server.admin().createDatabase("patient");
        Map<String, String> variables = variables("patient");
        variables.put("DATABASE_USER", "late_role");
        variables.put("DATABASE_PASSWORD", "late");
        CompletableFuture<Run> waits = CompletableFuture.supplyAsync(
                () -> Run.with(variables, "wait", "--patient", "--timeout", "30s", "--interval", "0.1s"));
        server.admin().createRole("late_role", "late");

        assertThat(waits.get().exitCode()).isZero();
        assertThat(Run.with(variables("patient"), "wait", "-o", "json").out()).contains("\"ready\" : true");
    }

    @Test
    void wait_forOtherDependencies_asksThemToo() throws Exception {
        Map<String, String> variables = variables("postgres");
        try (TestRedis redis = TestRedis.started();
                ScriptedServer backends = ScriptedServer.start()) {
            variables.put("REDIS_URL", redis.url());
            variables.put("MLFLOW_TRACKING_URI", "http://127.0.0.1:" + backends.port());
            variables.put("AUTH_SERVICE_URL", "http://127.0.0.1:" + backends.port());

            Run run = Run.with(variables, "wait", "database", "redis", "mlflow", "auth", "--timeout", "20s");

            assertThat(run.exitCode()).isZero();
            assertThat(run.out())
                    .contains("redis      ready after ", "mlflow     ready after ", "auth       ready after ");
        }
        Run run = Run.with(variables, "wait", "redis", "mlflow", "--timeout", "1s", "--interval", "0.2s");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("redis: attempt 1 failed: ", "mooring: redis is not ready after ");
    }

    @Test
    void wait_forWhatIsNotThere_isWrongUsage() {
        assertThat(Run.with(variables("postgres"), "wait", "redis").err())
                .startsWith("mooring: redis is not configured; mooring config lists its settings\n");
        assertThat(Run.with(variables("postgres"), "wait", "mongo").err())
                .startsWith("mooring: there is no dependency 'mongo'; expected database, mlflow, redis, auth\n");
        assertThat(Run.with(variables("postgres"), "wait", "--timeout", "soon").err())
                .startsWith("mooring: Invalid value for option '--timeout': expected a duration, such as 10 (seconds)");
        for (String command : new String[] {"wait", "init", "check"}) {
            assertThat(Run.with(variables("postgres"), command, "--timeout", "0")
                            .err())
                    .startsWith("mooring: Invalid value for option '--timeout': expected 100ms or more but was '0'");
        }
        assertThat(Run.with(variables("postgres"), "init", "--profile", "shop").err())
                .contains("expected registry or flow or glucolens but was 'shop'");
    }
}

package dev.mooring.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.cli.Golden;
import dev.mooring.cli.Program;
import dev.mooring.cli.Run;
import dev.mooring.testing.http.ScriptedServer;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.process.ChildProcess;
import dev.mooring.testing.proxy.Fault;
import dev.mooring.testing.proxy.FaultProxy;
import dev.mooring.testing.redis.TestRedis;
import dev.mooring.testing.tls.SelfSigned;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** The command in every state of a database. */
@Timeout(120)
class DoctorCommandTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String PASSWORD = "doctor-marker-pw";

    @TempDir
    private static Path folder;

    private static TestPostgres server;
    private static FaultProxy proxy;
    private static Path otherAuthority;

    @BeforeAll
    static void start() throws Exception {
        server = TestPostgres.builder()
                .tls()
                .setting("fsync", "on")
                .setting("full_page_writes", "on")
                .start();
        server.admin().createRole("registry", PASSWORD);
        server.admin().createDatabase("mlflow_db", "registry");
        proxy = FaultProxy.to(server.host(), server.port());
        otherAuthority = SelfSigned.in(folder).certificate();
    }

    @AfterAll
    static void stop() {
        proxy.close();
        server.close();
    }

    @AfterEach
    void heal() {
        proxy.heal();
    }

    private static Map<String, String> environment(String state) {
        Map<String, String> all = new HashMap<>();
        all.put("DATABASE_HOST", "127.0.0.1");
        all.put("DATABASE_PORT", String.valueOf(proxy.port()));
        all.put("DATABASE_USER", "registry");
        all.put("DATABASE_PASSWORD", PASSWORD);
        switch (state) {
            case "refused" -> proxy.inject(Fault.refuse());
            case "frozen" -> proxy.inject(Fault.silence());
            case "wrong-password" -> all.put("DATABASE_PASSWORD", "wrong-marker-pw");
            case "missing-database" -> all.put("DATABASE_NAME", "orders");
            case "wrong-tls" -> {
                all.put("DATABASE_SSLMODE", "verify-ca");
                all.put("DATABASE_SSLROOTCERT", otherAuthority.toString());
            }
            case "no-dns" -> all.put("DATABASE_HOST", "no-such-database.invalid");
            default -> assertThat(state).isEqualTo("up");
        }
        return all;
    }

    /** Without what differs from run to run. */
    private static String stable(String text) {
        return text.replace(String.valueOf(proxy.port()), "PORT")
                .replaceAll(" +\\d+ ms", "  N ms")
                .replaceAll("\\d+(\\.\\d+)? ms", "N ms")
                .replaceAll("PostgreSQL \\d[\\w.]*", "PostgreSQL V")
                .replaceAll("clocks \\d+\\.\\d s", "clocks N s")
                .replaceAll("expires in \\d+ days", "expires in N days")
                .replaceAll("\\d+ of \\d+ connections", "N of M connections")
                .replaceAll("\"took_ms\" : [0-9.E-]+", "\"took_ms\" : 0.0");
    }

    @ParameterizedTest
    @CsvSource({"up,0", "refused,1", "frozen,1", "wrong-password,1", "missing-database,1", "wrong-tls,1", "no-dns,1"})
    void process_inEachState_tellsTheBrokenLayer_inTextAndInJson_withItsExitCode(String state, int exitCode) {
        // A frozen server takes all of it; a new JVM on a busy machine needs more than a second for its first log-in.
        String limit = state.equals("frozen") ? "1" : "5";
        Map<String, String> environment = environment(state);
        Run text = Program.run(environment, "doctor", "database", "--timeout", limit);
        Run json = Program.run(environment, "doctor", "database", "--timeout", limit, "-o", "json");

        Golden.output(stable(text.out()), "doctor-" + state + ".txt");
        Golden.output(stable(json.out()), "doctor-" + state + ".json");
        for (Run run : List.of(text, json)) {
            assertThat(run.exitCode()).isEqualTo(exitCode);
            assertThat(run.err()).isEmpty();
            assertThat(run.toString()).doesNotContain("marker-pw");
        }
    }

    @Test
    void optionalDependency_thatIsBroken_isExitCode3_andOthersAreStillExamined() {
        try (TestRedis redis = TestRedis.builder().password(PASSWORD).start()) {
            Map<String, String> all = environment("up");
            all.put("REDIS_URL", redis.url());
            all.put("MLFLOW_TRACKING_URI", "http://127.0.0.1:" + proxy.port());
            all.put("AUTH_SERVICE_URL", "http://no-such-auth.invalid");

            Run run = Run.with(all, "doctor", "--timeout", "1");

            assertThat(run.exitCode()).isEqualTo(3);
            assertThat(run.out())
                    .contains("✗ log-in      NOAUTH")
                    .contains("Runbook: docs/runbooks/authentication_failed.md")
                    .contains("no-such-auth.invalid has no address")
                    .endsWith(
                            "3 optional dependencies are broken: redis (authentication_failed), mlflow\n  (connection_lost), auth (name_not_resolved)\n");
        }
    }

    @Test
    void nothingConfigured_isWrongUsageWithWhatToDo() {
        Run run = Run.with(Map.of(), "doctor");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo("mooring: no setting names a dependency; run it with the environment of the service, or have"
                        + " the running service examine its own: mooring doctor --url http://127.0.0.1:8080\n");
        Golden.output(run.out(), "doctor-nothing.txt");
        Run json = Run.with(Map.of(), "doctor", "-o", "json");
        assertThat(json.exitCode()).isEqualTo(2);
        assertThat(json.out()).contains("\"exit_code\" : 2");
    }

    /** A service that answers with what a local examination found, and has a Redis that it cannot examine. */
    private static ScriptedServer answering(Run local) {
        String found = JsonMapper.shared()
                .readTree(local.out())
                .path("dependencies")
                .path(0)
                .toString();
        String health = """
                {"status":"unhealthy","dependencies":{"database":{"status":"down","critical":true},
                "redis":{"status":"up","critical":false},"mlflow":{"status":"disabled","critical":false}}}""";
        ScriptedServer service = ScriptedServer.start();
        service.answers((request, reply) -> {
            switch (request.method() + " " + request.path()) {
                case "GET /health" -> reply.json(503, health);
                case "POST /ops/diagnose/database" -> reply.json(200, found);
                default ->
                    reply.json(404, "{\"code\":\"examination_not_found\",\"detail\":\"Its probe is all there is.\"}");
            }
        });
        return service;
    }

    @Test
    void runningService_examinesItself_andIsShownAsALocalExaminationIs() {
        Map<String, String> refused = environment("refused");
        Run text = Run.with(refused, "doctor", "database");
        Run json = Run.with(refused, "doctor", "database", "-o", "json");
        try (ScriptedServer service = answering(json)) {
            String url = service.uri().toString();

            Run named = Run.with(Map.of("MOORING_KEY", "the-key"), "doctor", "database", "--url", url);
            assertThat(stable(named.out())).isEqualTo(stable(text.out()));
            assertThat(named.exitCode()).isEqualTo(1);
            assertThat(named.err()).isEqualTo("mooring: the service at " + url + " examines, with its settings\n");
            assertThat(service.requests().get(0).header("Authorization")).contains("Bearer the-key");
            Run document = Run.with(Map.of(), "doctor", "database", "--url", url, "-o", "json", "-q");
            assertThat(stable(document.out())).isEqualTo(stable(json.out()));

            Run all = Run.with(Map.of("MOORING_URL", url), "doctor");
            assertThat(all.out())
                    .contains("✗ tcp")
                    .contains("redis      the application does not say how to examine it")
                    .contains("mlflow     switched off")
                    .endsWith("1 critical dependency is broken: database (connection_refused)\n");
            assertThat(Run.with(Map.of("MOORING_URL", url), "doctor", "--watch").exitCode())
                    .isEqualTo(2);
            Run unknown = Run.with(Map.of(), "doctor", "mars", "--url", url, "-o", "json");
            assertThat(unknown.exitCode()).isEqualTo(1);
            assertThat(unknown.out()).contains("\"code\" : \"examination_not_found\"");

            service.answers((request, reply) -> reply.json(200, "{\"dependency\":\"database\",\"layers\":[{}]}"));
            assertThat(Run.with(Map.of(), "doctor", "database", "--url", url).err())
                    .contains("answers with no diagnosis; check the address");
        }
    }

    @Test
    void rights_thatAreMissingForManyTables_areCountedAndNameThreeOfThem() throws Exception {
        server.admin().createDatabase("closed_tables");
        server.admin()
                .execute(
                        "closed_tables",
                        "create schema mooring; grant usage on schema mooring to registry; create table mooring.a (i int);"
                                + " create table mooring.b (i int); create table mooring.c (i int); create table mooring.d (i int)");
        Map<String, String> environment = environment("up");
        environment.put("DATABASE_NAME", "closed_tables");

        assertThat(Run.with(environment, "doctor", "database").out().replaceAll("\\s+", " "))
                .contains(
                        "registry may not read, insert into, update or delete from 4 of 4 tables: a, b, c, … (they belong to");
        server.admin()
                .execute(
                        "closed_tables",
                        "alter table mooring.a owner to registry; revoke insert on mooring.a from registry;"
                                + " grant all on mooring.b, mooring.c, mooring.d to registry;"
                                + " create table mooring.flyway_schema_history (i int); grant select on mooring.flyway_schema_history to registry");
        assertThat(Run.with(environment, "doctor", "database").out().replaceAll("\\s+", " "))
                .contains("registry may not insert into 2 of 5 tables: a, flyway_schema_history;"
                        + " it may not update or delete from 1 of 5 tables: flyway_schema_history (they belong to");
    }

    @Test
    void lines_ofAnyState_fitTheTerminal() {
        for (String state : List.of("up", "refused", "wrong-password", "missing-database")) {
            assertThat(Run.with(environment(state), "doctor", "database").out().lines())
                    .as(state)
                    .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
            proxy.heal();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "doctor databse, 'mooring: there is no dependency \"databse\"; there are database, redis, mlflow, auth'",
        "doctor redis, mooring: redis is not configured",
        "doctor --timeout 0, 'mooring: expected a --timeout of 0.1 to 300 seconds, and an --interval of 0.1 to 3600'",
    })
    void wrongUsage_isOneLineAndExitCode2(String arguments, String line) {
        Run run = Run.with(Map.of(), arguments.split(" "));

        assertThat(run).isEqualTo(new Run(2, "", line + "\nTry: mooring doctor --help\n"));
    }

    @Test
    void libpqVariables_whereNoSettingNamesADatabase_nameTheOneToExamine() {
        Map<String, String> libpq = Map.of(
                "PGHOST", "127.0.0.1",
                "PGPORT", String.valueOf(proxy.port()),
                "PGUSER", "registry",
                "PGPASSWORD", PASSWORD,
                "PGDATABASE", "mlflow_db");

        Run run = Run.with(libpq, "doctor", "database");

        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(run.out()).contains("127.0.0.1:" + proxy.port() + "/mlflow_db as registry");
        assertThat(run.err()).contains("PGHOST").doesNotContain(PASSWORD);
    }

    @Test
    void mistakesOfTheConfiguration_areOneLineEachAndExitCode2() {
        Run run = Run.with(Map.of("DATABASE_HOST", "db", "DATABASE_PORT", "54x2"), "doctor");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("mooring: DATABASE_PORT is \"54x2\"; expected a port number from 1 to 65535\n");
    }

    @Test
    void watch_examinesUntilItIsEnded_andPrintsOnlyWhatChanged() {
        try (ChildProcess doctor = ChildProcess.java(
                        "dev.mooring.cli.Main", "doctor", "database", "--watch", "--interval", "0.2", "--timeout", "1")
                .cleanEnvironment()
                .environment(environment("refused"))
                .start()) {
            doctor.awaitLine("1 critical dependency is broken: database (connection_refused)", LONG);
            proxy.heal();
            doctor.awaitLine("every check holds", LONG);
            assertThat(doctor.stdout().stream()
                            .filter(line -> line.contains("critical dependency is broken"))
                            .count())
                    .isEqualTo(1);
        }
    }
}

package dev.mooring.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.mooring.testing.postgres.PostgresPrograms;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.process.ChildProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Runs the commands of docs/how-to/backup.md, on a real server and on the embedded one, and starts the service on what they restored. Four starts
 * of the service, two at a time: only a service that starts shows that the backup was whole.
 */
@Tag("long")
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BackupPageTest {
    private static final String KEY = "a-key-of-the-backup-test";
    private static final String MODEL = "{\"name\":\"churn\",\"source\":\"s3://models/churn/7\"}";

    private final List<String> commands = Repository.page("docs/how-to/backup.md").fences("bash").stream()
            .map(Page.Fence::code)
            .toList();

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void ownDatabase_dumpedAndRestoredAsThePageSays_hasAllThatTheServiceKept(@TempDir Path folder) throws Exception {
        Optional<PostgresPrograms> installed = PostgresPrograms.installed("15");
        assumeThat(installed).as("a PostgreSQL with pg_dump").isPresent();
        try (TestPostgres server =
                TestPostgres.builder().programs(installed.orElseThrow()).start()) {
            server.admin().createRole("registry", "secret");
            server.admin().createDatabase("models", "registry");
            Map<String, String> settings = settings(server, "models");
            try (ServedPage service = ServedPage.ready(folder, settings)) {
                assertThat(service.post("/models/register", KEY, MODEL).statusCode())
                        .isEqualTo(201);
                String key = "{\"name\":\"training\",\"scopes\":[\"models:read\"]}";
                assertThat(service.post("/ops/keys", KEY, key).statusCode()).isEqualTo(201);
                run(command("pg_dump"), folder, programs(server));
                String sizes = Repository.page("docs/how-to/retention.md")
                        .fences("sql")
                        .get(0)
                        .code();
                assertThat(server.admin().ask("models", sizes)).as(sizes).isNotBlank();
            }

            run(command("pg_restore"), folder, programs(server));

            for (String statement : Repository.page("docs/how-to/backup.md")
                    .fences("sql")
                    .get(0)
                    .code()
                    .split(";\n")) {
                server.admin().execute(statement);
            }
            try (ServedPage service = ServedPage.ready(folder, settings(server, "models"))) {
                String counts = Repository.page("docs/how-to/backup.md")
                        .fences("sql")
                        .get(1)
                        .code();
                assertThat(server.admin().ask("models", counts)).as(counts).isEqualTo("1");
                assertThat(service.get("/models/churn/versions/1", KEY)).contains("s3://models/churn/7");
                assertThat(service.get("/ops/keys", KEY)).contains("training");
                assertThat(service.get("/ops/audit/verification", KEY)).contains("\"intact\":true");
                assertThat(service.get("/ops/audit", KEY)).contains("key.create");
                assertThat(service.post("/models/register", KEY, MODEL).body()).contains("\"version\":\"2\"");
            }
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void embeddedDatabase_copiedAndPutBackAsThePageSays_hasAllThatTheServiceKept(@TempDir Path folder)
            throws Exception {
        assumeThat(Path.of("/usr/bin/psql")).exists();
        try (ServedPage service = ServedPage.ready(folder, Map.of())) {
            service.post("/models/register", KEY, MODEL);
            // The programs here are older than the embedded server, so psql shows that the address leads to the data.
            String dump = command("postmaster.pid");
            String address = dump.replace("pg_dump --format=custom --file=models.dump mlflow_db", "");
            assertThat(dump).isNotEqualTo(address);
            String rows = "test \"$(psql -X -t -A -d mlflow_db -c 'select name from mooring.model')\" = churn";
            run(address + rows, folder, Map.of());
        }
        run(command("cp -a .mooring mooring-backup"), folder, Map.of());

        run(command("cp -a mooring-backup .mooring"), folder, Map.of());

        try (ServedPage service = ServedPage.ready(folder, Map.of())) {
            assertThat(service.get("/models/churn", KEY)).contains("\"latest_version\":\"1\"");
        }
    }

    private String command(String part) {
        return commands.stream()
                .filter(command -> command.contains(part))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> settings(TestPostgres server, String database) {
        return Map.of(
                "DATABASE_HOST",
                server.host(),
                "DATABASE_PORT",
                String.valueOf(server.port()),
                "DATABASE_USER",
                "registry",
                "DATABASE_PASSWORD",
                "secret",
                "DATABASE_NAME",
                database,
                "ADMIN_API_KEY",
                KEY);
    }

    /** The address for the programs of PostgreSQL, and the programs of the server's version. */
    private static Map<String, String> programs(TestPostgres server) {
        return Map.of(
                "PATH", "/usr/lib/postgresql/15/bin:/usr/bin:/bin",
                "PGHOST", server.host(),
                "PGPORT", String.valueOf(server.port()),
                "PGUSER", server.admin().user(),
                "PGPASSWORD", server.admin().password());
    }

    private static void run(String commands, Path folder, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(Map.of("PATH", "/usr/bin:/bin"));
        all.putAll(environment);
        try (ChildProcess shell = ChildProcess.command("bash", "-euc", commands)
                .cleanEnvironment()
                .environment(all)
                .directory(folder)
                .start()) {
            assertThat(shell.awaitExit(Duration.ofSeconds(60)))
                    .as("%s%n%s", commands, shell.lines())
                    .isZero();
        }
    }
}

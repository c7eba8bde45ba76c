package dev.mooring.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.mooring.cli.Program;
import dev.mooring.testing.postgres.PostgresPrograms;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.process.ChildProcess;
import dev.mooring.testing.redis.TestRedis;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs what the pages tell their readers to type, as it stands there, against a service on a PostgreSQL and a Redis of its own. {@code
 * commands.tsv} says of each command how it is run: here ({@code runs}, with the exit code when it is not 0), by another test or script,
 * or not at all, and why.
 */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CommandsInPagesTest {
    private static final String ADMIN_KEY = "an-admin-key-of-the-pages";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<String> DEBIANS_PROGRAMS =
            List.of("/usr/bin/psql", "/usr/bin/redis-cli", "/usr/bin/jq", "/usr/bin/ss", "/usr/bin/openssl");

    private final List<Row> rows = rows();

    /** How the commands of a page that begin so are run. */
    private record Row(String page, String beginning, String how) {
        boolean describes(PageCommand command) {
            return command.page().toString().equals(page) && command.code().startsWith(beginning.replace("*", ""));
        }

        boolean runsHere() {
            return how.startsWith("runs");
        }

        int exitCode() {
            return how.equals("runs") ? 0 : Integer.parseInt(how.substring("runs ".length()));
        }
    }

    private static List<Row> rows() {
        try (InputStream table = CommandsInPagesTest.class.getResourceAsStream("commands.tsv")) {
            return new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("\t"))
                    .map(cells -> new Row(cells[0], cells[1], cells[2]))
                    .toList();
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private static List<PageCommand> commands() {
        return Repository.pages().stream()
                .flatMap(page -> PageCommand.of(page).stream())
                .toList();
    }

    private List<Row> rowsOf(PageCommand command) {
        return rows.stream().filter(row -> row.describes(command)).toList();
    }

    @Test
    void commands_ofAllPages_areRunSomewhere_orTheTableSaysWhyNot() {
        List<PageCommand> commands = commands();
        assertThat(commands.stream().filter(one -> rowsOf(one).isEmpty()))
                .as("commands that no row of commands.tsv describes")
                .isEmpty();
        assertThat(rows.stream().filter(row -> commands.stream().noneMatch(row::describes)))
                .as("rows of commands.tsv that describe no command")
                .isEmpty();
        assertThat(rows.stream().map(Row::how).filter(how -> !exists(how)))
                .as("tests and scripts that do not exist")
                .isEmpty();
    }

    private static boolean exists(String how) {
        return how.matches("runs( \\d+)?|not here: .+")
                || Files.exists(Repository.ROOT.resolve(how))
                || Repository.sources().containsKey(how);
    }

    @Test
    @Tag("long")
    void commands_ofThePages_runAsTheyStand(@TempDir Path folder) throws Exception {
        assumeThat(DEBIANS_PROGRAMS)
                .allSatisfy(program -> assertThat(Path.of(program)).exists());
        Optional<PostgresPrograms> programs = PostgresPrograms.installed("15");
        assumeThat(programs).as("a PostgreSQL of psql's version").isPresent();
        try (TestPostgres server = TestPostgres.builder()
                        .programs(programs.orElseThrow())
                        .tls()
                        .setting("fsync", "on")
                        .setting("full_page_writes", "on")
                        .start();
                TestRedis redis = TestRedis.started()) {
            server.admin().createRole("registry", "secret");
            server.admin().createDatabase("models", "registry");
            Map<String, String> settings = settings(server, redis);
            try (ServedPage service = ServedPage.ready(folder, settings)) {
                Map<String, String> environment = new HashMap<>(settings);
                environment.put("HOME", folder.toString());
                environment.putAll(Map.of(
                        "PATH",
                        folder + ":/usr/bin:/bin",
                        "MOORING_URL",
                        service.address(),
                        "MOORING_KEY",
                        ADMIN_KEY,
                        "KEY",
                        ADMIN_KEY,
                        "ADMIN",
                        ADMIN_KEY,
                        "PGHOST",
                        server.host(),
                        "PGPORT",
                        String.valueOf(server.port()),
                        "PGUSER",
                        server.admin().user(),
                        "PGPASSWORD",
                        server.admin().password(),
                        "PGDATABASE",
                        "models"));
                program(folder.resolve("mooring"), Program.command());
                program(folder.resolve("redis-cli"), List.of("/usr/bin/redis-cli", "-p", String.valueOf(redis.port())));
                service.post("/models/register", ADMIN_KEY, "{\"name\":\"churn\",\"source\":\"s3://models/churn/7\"}");
                List<String> log = new ArrayList<>(List.of("Picked up JAVA_TOOL_OPTIONS: -Xmx640m"));
                log.addAll(service.stdout());
                Files.write(folder.resolve("service.log"), log);
                runAll(folder, service, server, environment);
            }
        }
    }

    private void runAll(Path folder, ServedPage service, TestPostgres server, Map<String, String> environment)
            throws Exception {
        List<String> failures = new ArrayList<>();
        int ran = 0;
        Path page = Path.of("");
        for (PageCommand command : commands()) {
            Row row = rowsOf(command).get(0);
            if (!page.equals(command.page().file())) {
                page = command.page().file();
                service.post("/ops/breakers/database/reset", ADMIN_KEY, "{\"reason\":\"another page\"}");
            }
            if (row.runsHere()) {
                String code = here(command, folder, service.address(), server);
                try (ChildProcess shell = ChildProcess.command("bash", "-euc", code)
                        .cleanEnvironment()
                        .environment(environment)
                        .directory(folder)
                        .start()) {
                    int exitCode = shell.awaitExit(LIMIT);
                    if (exitCode != row.exitCode() || shell.stdout().contains("\"code\":\"")) {
                        failures.add(command + "\nexit code " + exitCode + "\n"
                                + String.join("\n", shell.lines()).strip());
                    }
                }
                ran++;
            }
        }
        System.out.println("measured commands of pages that ran: " + ran);
        assertThat(failures).isEmpty();
    }

    /** The command with this service, this server and this folder where the page has its own. */
    private static String here(PageCommand command, Path folder, String service, TestPostgres server) {
        String code = command.code()
                .replaceAll("(http://)?(localhost|127\\.0\\.0\\.1):8080", service)
                .replace("ADDRESS", service)
                .replace("HOST:5432", server.host() + ":" + server.port())
                .replaceAll("\\bHOST\\b", server.host())
                .replaceAll("\\bPORT\\b", String.valueOf(server.port()))
                .replaceAll("\\bUSER\\b", server.admin().user())
                .replaceAll("\\bDATABASE\\b(?!_)", "models")
                .replace("/etc/mooring", folder.toString());
        boolean isForPsql = command.language().equals("sql") || code.startsWith("\\d");
        return isForPsql ? "psql -v ON_ERROR_STOP=1 <<'END'\n" + code + "\nEND" : "exec </dev/null\n" + code.strip();
    }

    private static Map<String, String> settings(TestPostgres server, TestRedis redis) {
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
                "models",
                "REDIS_HOST",
                redis.host(),
                "REDIS_PORT",
                String.valueOf(redis.port()),
                "ADMIN_API_KEY",
                ADMIN_KEY);
    }

    private static void program(Path file, List<String> command) throws IOException {
        String words = command.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        Files.writeString(file, "#!/bin/sh\nexec " + words + " \"$@\"\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}

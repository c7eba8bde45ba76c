package dev.mooring.cli.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.cli.Golden;
import dev.mooring.cli.Program;
import dev.mooring.cli.Run;
import dev.mooring.embedded.machine.FreePort;
import dev.mooring.embedded.machine.Signal;
import dev.mooring.testing.postgres.PostgresAdmin;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.process.ChildProcess;
import dev.mooring.testing.proxy.Fault;
import dev.mooring.testing.proxy.FaultProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real commands against a service that runs, while its database is well and broken in each way. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StatesTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String ADMIN_KEY = "the-admin-key-of-a-test";
    private static final String ROLE = "registry";
    private static final String DATABASE = "models";
    private static final String HOST = "database.test";

    private static TestPostgres server;
    private static FaultProxy network;
    private static ChildProcess service;
    private static Map<String, String> client;
    private static Path hosts;

    private final StringBuilder transcript = new StringBuilder();

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        server = TestPostgres.builder().tls().start();
        server.admin().createRole(ROLE, "first");
        server.admin().createDatabase(DATABASE, ROLE);
        network = FaultProxy.to(server.host(), server.port());
        hosts = folder.resolve("hosts");
        name(true);
        int port = FreePort.choose();
        client = Map.of("MOORING_URL", "http://127.0.0.1:" + port, "MOORING_KEY", ADMIN_KEY);
        Map<String, String> environment = new HashMap<>(Map.of(
                "DATABASE_HOST",
                HOST,
                "DATABASE_PORT",
                String.valueOf(network.port()),
                "DATABASE_USER",
                ROLE,
                "DATABASE_PASSWORD",
                "first",
                "DATABASE_NAME",
                DATABASE,
                "DATABASE_SSLMODE",
                "require",
                "PORT",
                String.valueOf(port),
                "BIND_ADDRESS",
                "127.0.0.1"));
        environment.putAll(
                Map.of("ADMIN_API_KEY", ADMIN_KEY, "HEALTH_CHECK_TIMEOUT", "3", "SHUTDOWN_DRAIN_DELAY", "0"));
        service = Program.with(List.of("-Djdk.net.hosts.file=" + hosts), "serve")
                .environment(environment)
                .directory(folder)
                .start();
        awaitStatus(0, "up");
    }

    @AfterAll
    static void end() {
        service.signal(Signal.TERM);
        assertThat(service.awaitExit(LONG)).as(service.toString()).isZero();
        network.close();
        server.close();
    }

    /** Whether the host of the database has an address. */
    private static void name(boolean isKnown) throws IOException {
        Files.writeString(hosts, "127.0.0.1 localhost" + (isKnown ? " " + HOST : "") + "\n");
    }

    /** Waits for what {@code mooring status} says in this JVM, which is quicker than a process. */
    private static void awaitStatus(int exitCode, String text) {
        await().atMost(LONG).pollInterval(Duration.ofMillis(100)).untilAsserted(() -> {
            Run run = Run.with(client, "status");
            assertThat(run.exitCode()).as("%s%n%s", run, service).isEqualTo(exitCode);
            assertThat(run.out()).contains(text);
        });
    }

    private Run run(String... arguments) {
        Run run = Program.run(client, arguments);
        transcript.append(steady(run.transcript(arguments)));
        return run;
    }

    /** Leaves out what differs from run to run: times, figures, ids, the history, and how wide a column or a line therefore is. */
    private static String steady(String text) {
        return text.replaceAll("\\n {4}(?=\\S)", "  ")
                .lines()
                .filter(line -> !line.contains(" → "))
                .map(line -> line.replaceAll("http://127\\.0\\.0\\.1:\\d+", "SERVICE")
                        .replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "<id>")
                        .replaceAll("(yesterday |tomorrow )?\\d\\d:\\d\\d(:\\d\\d)?Z", "<moment>")
                        .replaceAll("\\d+(\\.\\d+)? (ms|s|min|h)\\b", "<time>")
                        .replaceAll("<time> <time>", "<time>")
                        .replaceAll("\\d+ (active|idle|waiting|connections?|entries)", "<n> $1")
                        .replaceAll("connections?;", "connections;")
                        .replaceAll("1\\.0\\.\\d\\S*", "VERSION")
                        .replaceAll("(?<=note: ).*", "<checkpoint>")
                        .replaceAll(" +\\d+ failures? in a row(, )?", "  ")
                        .replaceAll("(?<=\\S) {2,}", "  ")
                        .stripTrailing())
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private void broken(String kind) {
        awaitStatus(1, kind);
        Run text = run("status");
        assertThat(text.err()).isEmpty();
        assertThat(text.out().lines().toList().get(text.out().lines().toList().size() - 1))
                .contains("→ down (" + kind + ")");
        run("breaker", "show", "database");
        documents(kind);
    }

    /** The documents that scripts read, in whatever state the database is. */
    private void documents(String kind) {
        boolean isUp = kind.equals("up");
        JsonNode status = document(isUp ? 0 : 1, "status", "url", "detailed", "health", "changes");
        JsonNode database = status.path("health").path("dependencies").path("database");
        assertThat(database.path("status").asString()).isEqualTo(isUp ? "up" : "down");
        assertThat(status.path("health").has("pools")).isTrue();
        JsonNode newest = status.path("changes").path(status.path("changes").size() - 1);
        assertThat(newest.path("to").asString()).isEqualTo(isUp ? "up" : "down");
        JsonNode breaker =
                document(0, "breaker list", "breakers").path("breakers").path(0);
        assertThat(breaker.propertyNames()).contains("dependency", "state", "since", "failures_in_a_row");
        if (isUp) {
            assertThat(breaker.path("state").asString()).isEqualTo("CLOSED");
        } else {
            assertThat(status.path("health").path("error").asString()).isEqualTo(kind);
            assertThat(database.path("last_failure").path("kind").asString()).isEqualTo(kind);
            assertThat(newest.path("kind").asString()).isEqualTo(kind);
            assertThat(breaker.path("state").asString()).isNotEqualTo("CLOSED");
        }
        JsonNode shown = document(0, "breaker show database", "dependency", "state", "since", "failures_in_a_row");
        assertThat(shown.path("dependency").asString()).isEqualTo("database");
        JsonNode pool = document(0, "pool show", "pools").path("pools").path(0);
        assertThat(pool.propertyNames()).contains("dependency", "active", "idle", "waiting", "max");
        for (String fromTheDatabase : List.of("dead-letters list", "keys list")) {
            document(fromTheDatabase, isUp);
        }
    }

    /** What lies in the database is listed while it answers; else one problem says so. */
    private void document(String command, boolean isUp) {
        if (isUp) {
            String list = command.split(" ")[0].replace('-', '_');
            assertThat(document(0, command, list).path(list).isArray()).isTrue();
        } else {
            JsonNode problem = document(1, command, "problem").path("problem");
            assertThat(problem.path("code").asString()).as(command).isEqualTo("database_unavailable");
            assertThat(problem.path("detail").asString()).isNotEmpty();
        }
    }

    private JsonNode document(int exitCode, String command, String... names) {
        Run run = Program.run(client, (command + " -o json").split(" "));
        assertThat(run.exitCode()).as(run.toString()).isEqualTo(exitCode);
        JsonNode document = JsonMapper.shared().readTree(run.out());
        assertThat(document.path("schema_version").asInt()).isEqualTo(1);
        assertThat(document.propertyNames()).as(command).contains(names);
        return document;
    }

    private void heal() {
        network.heal();
        awaitStatus(0, "up");
    }

    @Test
    void service_thatIsWell_isShownAndCommanded() {
        awaitStatus(0, "up");
        run("status");
        run("breaker", "list");
        run("breaker", "open", "database", "--reason", "maintenance", "--for", "30m");
        run("status", "-q");
        run("breaker", "close", "database", "--reason", "maintenance is over");
        awaitStatus(0, "up");
        run("pool", "show");
        run("pool", "evict", "database", "--reason", "connections to the old primary");
        run("pool", "show", "redis");
        run("dead-letters", "list");
        run("dead-letters", "replay", "019abc12-3456-7000-8000-000000000001");
        Run made = Program.run(client, "keys", "create", "training", "--scopes", "models:read,ops:read");
        assertThat(made.exitCode()).isZero();
        assertThat(made.err()).contains("is shown this once");
        String key = made.out().strip();
        Map<String, String> reader = Map.of("MOORING_URL", client.get("MOORING_URL"), "MOORING_KEY", key);
        Run refused = Program.run(reader, "breaker", "reset", "database", "--reason", "r");
        transcript.append(steady(refused.transcript("breaker reset database, with a key that may only read")));
        run("audit", "verify");
        Run examined = Program.run(client, "doctor", "database");
        assertThat(examined.exitCode()).as("%s", examined).isIn(0, 3);
        assertThat(examined.out()).startsWith("database   " + HOST).contains("✓ tcp ", "✓ log-in ");
        await().atMost(LONG).untilAsserted(() -> assertThat(
                        Run.with(client, "audit", "list", "--limit", "2").out())
                .contains("  admin  dependency.diagnose  database"));
        run("pool", "evict", "database");

        Golden.output(transcript.toString(), "service/well.txt");
    }

    @Test
    void documents_ofAServiceThatIsWell_haveTheShapeThatScriptsRead() {
        awaitStatus(0, "up");
        documents("up");
    }

    @Test
    void database_thatIsRefused_isToldByStatus() {
        network.inject(Fault.refuse());
        broken("connection_refused");
        heal();

        Golden.output(transcript.toString(), "service/refused.txt");
    }

    @Test
    @Tag("long")
    void database_brokenInAnotherWay_isToldByStatus() throws Exception {
        PostgresAdmin admin = server.admin();
        admin.changePassword(ROLE, "second");
        admin.disconnectAll();
        broken("authentication_failed");
        admin.changePassword(ROLE, "first");
        heal();
        network.inject(Fault.silence());
        broken("response_timeout");
        heal();
        // Silence for a moment: nothing connects meanwhile, and it is too short to be noticed.
        network.inject(Fault.silence());
        admin.disconnectAll();
        admin.execute("alter database " + DATABASE + " rename to elsewhere");
        network.heal();
        broken("database_missing");
        network.inject(Fault.refuse());
        admin.disconnectAll();
        admin.execute("alter database elsewhere rename to " + DATABASE);
        heal();
        admin.execute("alter system set ssl = off");
        admin.ask("postgres", "select pg_reload_conf()");
        admin.disconnectAll();
        broken("tls_failed");
        admin.execute("alter system set ssl = on");
        admin.ask("postgres", "select pg_reload_conf()");
        heal();
        name(false);
        // The JVM knows an address for another 5 s, so the network keeps the service from connecting with it.
        network.inject(Fault.refuse());
        broken("name_not_resolved");
        name(true);
        heal();

        Golden.output(transcript.toString(), "service/broken.txt");
    }

    @Test
    void watch_onATerminal_isDrawnInPlaceWithColours_andElsewhereInPlainLines() throws Exception {
        List<String> command = Program.command("status", "--watch");
        String typed = command.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        try (ChildProcess terminal = ChildProcess.command("script", "-qefc", typed, "/dev/null")
                        .environment(client)
                        .environment(Map.of("TERM", "xterm", "NO_COLOR", ""))
                        .start();
                ChildProcess plain = Program.with(List.of(), "status", "--watch")
                        .environment(client)
                        .start()) {
            String drawn = terminal.awaitLine("healthy", LONG);
            assertThat(drawn).contains("\u001B[2J", "\u001B[32mhealthy");
            assertThat(plain.awaitLine("healthy", LONG)).doesNotContain("\u001B");
            network.inject(Fault.refuse());
            assertThat(plain.awaitLine("database up → down", LONG)).doesNotContain("\u001B");
            terminal.awaitLine("connection_refused", LONG);
            // Not INT: a process that a script starts in the background ignores it, and so do its children.
            plain.signal(Signal.TERM);
            assertThat(plain.awaitExit(LONG)).isEqualTo(143);
        } finally {
            heal();
        }
    }
}

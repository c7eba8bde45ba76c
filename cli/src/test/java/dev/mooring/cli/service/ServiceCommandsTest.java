package dev.mooring.cli.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.cli.Golden;
import dev.mooring.cli.Run;
import dev.mooring.cli.terminal.Screen;
import dev.mooring.testing.http.ScriptedServer;
import dev.mooring.testing.tls.SelfSigned;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Help.Ansi;

/** The commands that ask a service, at half past three in the night, with answers that the tests write. */
@Timeout(60)
class ServiceCommandsTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-02T03:30:00Z"), ZoneOffset.UTC);
    private static final String ID = "019abc12-3456-7000-8000-000000000001";
    private static final String REFUSAL = """
            {"code":"dependency_not_found","detail":"There is no dependency \\u001b[31m\\"mars\\"."}""";
    private static final String OPEN = """
            {"dependency":"mlflow","state":"FORCED_OPEN","since":"2026-03-02T03:15:00Z","failures_in_a_row":0,"retry_after_seconds":900,
            "forced":{"actor":"night shift/1","reason":"upgrade to 3.16","expires_at":"2026-03-02T03:45:00Z"}%s}""";
    private static final String LETTER = """
            {"id":"%s","destination":"mlflow","key":"churn","type":"register","created_at":"2026-03-01T18:00:00Z",
            "died_at":"2026-03-02T01:10:00Z","attempts":10,"cause":{"kind":"http_error","message":"answered 400\\u001b[2J"},
            "history":[{"at":"2026-03-02T01:10:00Z","kind":"http_error","message":"answered 400"}],"waiting":2,"later":1,
            "payload":{"name":"churn"}}""".formatted(ID);

    private final ScriptedServer service = ScriptedServer.start();
    private final Map<String, Reply> replies = new HashMap<>();
    private final Queue<String> bodies = new ConcurrentLinkedQueue<>();
    private final StringBuilder transcript = new StringBuilder();

    private record Reply(int status, String body) {}

    @AfterEach
    void end() {
        service.close();
    }

    private void on(String methodAndPath, int status, String body) {
        replies.put(methodAndPath, new Reply(status, body));
        Map<String, Reply> now = Map.copyOf(replies);
        service.answers((request, reply) -> {
            bodies.add(request.text());
            Reply known = now.getOrDefault(request.method() + " " + request.path(), new Reply(404, REFUSAL));
            if (known.status() == 204) {
                reply.head(204, Map.of());
                reply.done();
            } else {
                reply.json(known.status(), known.body());
            }
        });
    }

    private Run run(Screen screen, String... arguments) {
        String address = service.uri().toString();
        Map<String, String> environment = Map.of("MOORING_KEY", "the-key", "MOORING_URL", address);
        Run run = Run.at(CLOCK, environment, screen, arguments);
        Run told = new Run(
                run.exitCode(), run.out().replace(address, "SERVICE"), run.err().replace(address, "SERVICE"));
        transcript.append(told.transcript(arguments));
        return told;
    }

    private Run run(String... arguments) {
        return run(new Screen(false, Ansi.OFF), arguments);
    }

    @Test
    void breakers_areListedAndForced() {
        on("GET /ops/breakers", 200, """
                {"breakers":[{"dependency":"database","state":"CLOSED","since":"2026-03-01T18:20:00Z","failures_in_a_row":0},
                {"dependency":"redis","state":"OPEN","since":"2026-03-02T03:29:00Z","failures_in_a_row":5,"retry_after_seconds":1},
                """ + OPEN.formatted("") + "]}");
        on("GET /ops/breakers/mlflow", 200, OPEN.formatted(""));
        on("POST /ops/breakers/mlflow/open", 200, OPEN.formatted(",\"fleet\":true"));
        on("POST /ops/breakers/mlflow/bypass", 200, OPEN.formatted(",\"fleet\":false"));
        on("POST /ops/breakers/mlflow/close", 200, """
                {"dependency":"mlflow","state":"CLOSED","since":"2026-03-02T03:30:00Z","failures_in_a_row":0,"fleet":true}""");
        on("POST /ops/breakers/mlflow/reset", 422, """
                {"code":"invalid_request","detail":"The request is not valid.","errors":[{"field":"reason","message":"is too long"}]}""");

        run("breaker", "list");
        run("breaker", "list", "-o", "json");
        run("breaker", "show", "mlflow");
        run("breaker", "open", "mlflow", "--reason", "upgrade", "--for", "30m");
        assertThat(bodies).contains("{\"reason\":\"upgrade\",\"expires_in\":\"30m\"}");
        run("breaker", "bypass", "mlflow", "--reason", "r");
        run("-q", "breaker", "bypass", "mlflow", "--reason", "r");
        run("breaker", "close", "mlflow", "--reason", "r");
        run("breaker", "reset", "mlflow", "--reason", "r");
        run("breaker", "show", "mars");
        run("breaker", "show", "mars", "-o", "json");

        Golden.output(transcript.toString(), "service/breaker.txt");
    }

    @Test
    void pools_areShownAndGivenUp() {
        String pool =
                "{\"dependency\":\"database\",\"active\":3,\"idle\":2,\"waiting\":0,\"max\":20,\"acquire_ms\":0.4%s}";
        on(
                "GET /ops/pools",
                200,
                "{\"pools\":[" + pool.formatted("")
                        + ",{\"dependency\":\"redis\",\"active\":1,\"idle\":0,\"waiting\":0,\"max\":8}]}");
        on("GET /ops/pools/database", 200, pool.formatted(""));
        on("POST /ops/pools/database/evict", 200, pool.formatted(",\"evicted\":5,\"fleet\":false"));

        run("pool", "show");
        run("pool", "show", "database", "-o", "json");
        run("pool", "evict", "database", "--reason", "old primary");
        run("pool", "evict", "mars", "--reason", "old primary");

        Golden.output(transcript.toString(), "service/pool.txt");
    }

    @Test
    void deadLetters_areListedShownReplayedAndDiscarded() {
        on("GET /ops/dead-letters", 200, "{\"dead_letters\":[" + LETTER + "],\"next_page_token\":\"next\"}");
        on("GET /ops/dead-letters/" + ID, 200, LETTER);
        on("POST /ops/dead-letters/" + ID + "/replay", 200, LETTER);
        on("DELETE /ops/dead-letters/" + ID, 204, "");

        run("dead-letters", "list", "--destination", "ml flow", "--limit", "1");
        assertThat(service.requests().get(0).target()).endsWith("?limit=1&destination=ml%20flow");
        run("dead-letters", "show", ID);
        run("dead-letters", "replay", "mars", ID);
        run("dead-letters", "discard", ID, "mars", "-o", "json");
        on("GET /ops/dead-letters", 200, "{\"dead_letters\":[]}");
        run("dead-letters", "list");

        Golden.output(transcript.toString(), "service/dead-letters.txt");
    }

    @Test
    void deadLetters_givenNewestFirst_areReplayedInTheOrderOfTheirCreation() {
        String older = ID.replace("019abc12", "019abc11");
        for (String one : List.of(ID, older)) {
            on("POST /ops/dead-letters/" + one + "/replay", 200, LETTER);
        }

        Run run = run("dead-letters", "replay", ID, older, "019abc13-3456-7000-8000-000000000001");

        assertThat(run.out()).isEqualTo(older + "  replayed\n" + ID + "  replayed\n");
        assertThat(service.requests())
                .extracting(request -> request.target())
                .containsExactly(
                        "/ops/dead-letters/" + older + "/replay",
                        "/ops/dead-letters/" + ID + "/replay",
                        "/ops/dead-letters/019abc13-3456-7000-8000-000000000001/replay");
    }

    @Test
    void keys_areMadeListedAndRevoked() {
        on("POST /ops/keys", 201, """
                {"id":"%s","name":"training","scopes":["models:read","models:write"],"key":"mk_secret",
                "expires_at":"2026-05-31T03:30:00Z"}""".formatted(ID));
        on("GET /ops/keys", 200, """
                {"keys":[{"id":"%s","name":"training","scopes":["models:read"],"created_at":"2026-03-02T03:30:00Z",
                "created_by":"admin","last_used_at":"2026-03-01T10:00:00Z"}]}""".formatted(ID));
        on("DELETE /ops/keys/" + ID, 204, "");

        Run made = run("keys", "create", "training", "--scopes", "models:read,models:write", "--for", "90d");
        assertThat(made.out()).isEqualTo("mk_secret\n");
        assertThat(bodies)
                .containsExactly(
                        "{\"name\":\"training\",\"scopes\":[\"models:read\",\"models:write\"],\"expires_in\":\"90d\"}");
        run("keys", "create", "training", "--scopes", "models:read", "--stays-because", "the training needs it");
        run("keys", "list");
        run("keys", "revoke", ID);
        run("keys", "revoke", ID, "-o", "json");
        run("keys", "revoke", "mars");

        Golden.output(transcript.toString(), "service/keys.txt");
    }

    @Test
    void status_showsAllAtAGlance() {
        on("GET /health", 503, StatusBodies.UNHEALTHY);
        on("GET /health/detailed", 200, StatusBodies.UNHEALTHY_DETAILED);
        on("GET /health/history", 200, StatusBodies.HISTORY);
        Run text = run("status");
        assertThat(text.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        run("status", "-o", "json");

        on("GET /health", 200, StatusBodies.DEGRADED);
        on("GET /health/detailed", 401, "{\"detail\":\"The key is not valid.\"}");
        run("status");
        assertThat(Run.with(Map.of("MOORING_URL", service.uri().toString()), "status")
                        .err())
                .isEqualTo(
                        "mooring: without pools, queues and changes: it needs a key with ops:read, in MOORING_KEY or from"
                                + " --key-file\n");
        on("GET /health/detailed", 403, "{\"code\":\"scope_missing\",\"detail\":\"Missing: ops:read.\"}");
        run("status");
        on("GET /health/detailed", 404, "<html>nginx</html>");
        run("status");
        run("status", "-q");
        on("GET /health", 200, StatusBodies.HEALTHY);
        run("status", "-q");
        on("GET /health", 404, "{}");
        run("status");
        Golden.output(transcript.toString(), "service/status.txt");

        on("GET /health", 200, StatusBodies.HEALTHY);
        assertThat(run(new Screen(true, Ansi.ON), "status", "-q").out()).contains("\u001B[32mhealthy");
    }

    @Test
    void audit_isListedPageByPage() {
        String entry = """
                {"seq":%d,"at":"2026-03-02T03:1%d:00Z","actor":"night shift","action":"%s","subject":"mlflow","reason":"%s",
                "details":"%s","entered_at":"2026-03-02T03:15:00Z","hash":"ab"}""";
        on(
                "GET /ops/audit",
                200,
                "{\"entries\":["
                        + entry.formatted(3, 5, "breaker.open", "upgrade to 3.16", "expires at 2026-03-02T03:45:00Z")
                        + "," + entry.formatted(2, 1, "dependency.diagnose", "", "")
                        + "],\"next_page_token\":\"next\"}");

        run("audit", "list", "--since", "24h", "--actor", "night shift", "--limit", "3");
        assertThat(service.requests())
                .extracting(request -> request.target())
                .containsExactly(
                        "/ops/audit?limit=3&since=24h&actor=night%20shift",
                        "/ops/audit?limit=1&since=24h&actor=night%20shift&page_token=next");
        on("GET /ops/audit", 200, "{\"entries\":[]}");
        run("audit", "list");
        run("audit", "list", "-o", "json", "-q");

        Golden.output(transcript.toString(), "service/audit.txt");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            breaker open mlflow --reason r --for 2mins | '--for': expected a duration such as 30m or 2h, from 1s to 30d, but was '2mins'
            breaker bypass mlflow --reason r --for 31d | '--for': expected a duration such as 30m or 2h, from 1s to 30d, but was '31d'
            breaker open mlflow --reason= | '--reason': expected 1 to 1000 characters that say why
            keys create k --scopes ops:read --for soon | '--for': expected a duration such as 12h or 90d, from 1s to 3650d, but was 'soon'
            dead-letters list --limit 101 | --limit must be 1 to 100
            audit list --limit 0 | --limit must be 1 to 100000
            audit list --since yesterday | '--since': expected how long ago, such as 24h, or a moment such as
            audit verify --seq 0 --hash ab | --seq must be the number of an entry, 1 or more
            audit verify --seq 1 --hash ab | --hash must be 64 characters of 0-9 and a-f
            """)
    void option_thatTheServiceWouldRefuse_isWrongUsageAndNamesTheOption(String arguments, String message) {
        Run run = run(arguments.split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(message);
        assertThat(service.requests()).isEmpty();
    }

    @Test
    void adviceOfTheService_namesTheCommandAndNotThePath() {
        on("GET /ops/breakers/mars", 404, """
                {"code":"dependency_not_found","detail":"There is no dependency \\"mars\\"; /ops/breakers lists them."}""");

        assertThat(run("breaker", "show", "mars").err())
                .contains("There is no dependency \"mars\"; mooring breaker list shows them.");
    }

    @Test
    void proxy_thatHidesTheOperatorsPaths_isNamed() {
        on("GET /ops/breakers", 404, "<html>nginx</html>");

        assertThat(run("breaker", "list").err())
                .isEqualTo(
                        "mooring: SERVICE does not answer /ops/breakers as this service does (status 404): it may be a"
                                + " proxy that hides the operators' paths; name an instance itself with --url\n");
    }

    @Test
    void service_withACertificateOfAPrivateAuthority_isTrustedByItsFile(@TempDir Path folder) throws Exception {
        SelfSigned certificate = SelfSigned.in(folder);
        String pem = certificate.certificate().toString();
        Path broken = Files.writeString(folder.resolve("broken.pem"), "no certificate");
        try (ScriptedServer secure = ScriptedServer.startTls(certificate.context())) {
            secure.answers((request, reply) -> reply.json(200, "{\"breakers\":[]}"));
            String url = secure.uri().toString();

            assertThat(Run.with(Map.of(), "breaker", "list", "--url", url, "--ca-file", pem))
                    .isEqualTo(new Run(0, "", ""));
            assertThat(Run.with(Map.of("TLS_CA_FILE", pem), "breaker", "list", "--url", url)
                            .exitCode())
                    .isZero();
            assertThat(Run.with(Map.of(), "breaker", "list", "--url", url).err())
                    .startsWith("mooring: " + url + " has no TLS that this program trusts: ")
                    .endsWith(
                            "; its certificate must hold this name, and --ca-file or TLS_CA_FILE names the authorities"
                                    + " (PEM) that may sign it\n");
            for (String unusable : List.of(broken.toString(), "/nowhere/ca.pem")) {
                Run run = Run.with(Map.of(), "breaker", "list", "--url", url, "--ca-file", unusable);
                assertThat(run.exitCode()).isEqualTo(2);
                assertThat(run.err())
                        .startsWith("mooring: --ca-file is \"" + unusable
                                + "\"; expected a readable file of PEM certificates");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status",
                "breaker list",
                "pool show",
                "dead-letters list",
                "keys list",
                "audit list",
                "audit verify"
            })
    void service_thatIsAway_isOneLineAndADocument(String command) {
        service.close();

        Run text = run(command.split(" "));
        assertThat(text.exitCode()).isEqualTo(1);
        assertThat(text.out()).isEmpty();
        assertThat(text.err())
                .isEqualTo("mooring: SERVICE does not answer; start the service, or name another with --url or"
                        + " MOORING_URL\n");
        Run json = run((command + " -o json").split(" "));
        assertThat(json.exitCode()).isEqualTo(1);
        assertThat(json.err()).isEqualTo(text.err());
        assertThat(json.out()).contains("\"schema_version\" : 1", "\"code\" : \"service_unreachable\"");
    }
}

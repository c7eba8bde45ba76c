package dev.mooring.registry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mooring.embedded.machine.FreePort;
import dev.mooring.testing.http.ScriptedServer;
import dev.mooring.testing.mlflow.MlflowInstallation;
import dev.mooring.testing.mlflow.PythonScript;
import dev.mooring.testing.postgres.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The scripts of docs/how-to/register-from-python.md, as their readers run them. All tests share one service, which asks for keys. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RegisterFromPythonTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private static TestPostgres server;
    private static Served service;

    @BeforeAll
    static void start() throws Exception {
        Optional<String> missing = MlflowInstallation.missing();
        assumeTrue(missing.isEmpty(), missing::toString);
        server = TestPostgres.started();
        server.admin().createDatabase("mlflow_db");
        Map<String, String> variables = Served.variablesOf(server);
        variables.put("HEALTH_CHECK_INTERVAL", "200ms");
        service = Served.with(variables).awaitReady();
    }

    @AfterAll
    static void end() {
        if (service != null) {
            service.close();
            server.close();
        }
    }

    @AfterEach
    void forget() throws IOException {
        service.delete("/models/churn", "X-API-Key", Served.ADMIN_KEY);
    }

    @Test
    void requests_registersOnce_andPromotingIsAScriptOfItsOwn_andAnAddressMayEndWithASlash() throws IOException {
        for (int run = 0; run < 2; run++) {
            assertThat(withSlash(script("register_with_requests.py")).run(LIMIT))
                    .containsExactly("churn 1");
        }
        assertThat(promote("1")).containsExactly("churn champion is 1, was None; the latest version is 1");
        assertThat(service.get("/models/churn/aliases/champion", "X-API-Key", Served.ADMIN_KEY)
                        .body())
                .contains("\"source\":\"s3://models/churn/7\"", "\"metrics\":{\"auc\":0.91}");
        assertThat(withSlash(trainingJob("s3://models/churn/8", "next")).run(LIMIT))
                .containsExactly("registered churn version 2");
        assertThat(promote("2")).containsExactly("churn champion is 2, was 1; the latest version is 2");
    }

    private static List<String> promote(String version) {
        return withSlash(script("promote_with_requests.py"))
                .argument("churn")
                .argument(version)
                .run(LIMIT);
    }

    private static PythonScript withSlash(PythonScript script) {
        return script.environment("MOORING_URL", "http://127.0.0.1:" + service.port() + "/");
    }

    @Test
    @Tag("long")
    void mlflowsClient_registersAndFindsWhatItRegistered_andMovesNoAliasWhenItRunsAgain() throws IOException {
        for (int run = 0; run < 2; run++) {
            assertThat(script("register_with_mlflow.py").run(LIMIT))
                    .containsExactly("s3://models/ranking/7", "['ranking']");
        }
        assertThat(service.get("/models/ranking", "X-API-Key", Served.ADMIN_KEY).body())
                .contains("\"latest_version\":\"2\"", "\"aliases\":{}");
    }

    @Test
    void mistakes_ofTheCaller_endWithALineThatNamesThem() {
        ends(script("promote_with_requests.py").argument("churn"), "promote_with_requests.py NAME VERSION");
        ends(script("training_job.py"), "training_job.py NAME SOURCE RUN [METRIC=VALUE …]");
        ends(trainingJob("s3://models/churn/7", "mistake").argument("f1=nan"), "f1=nan: expected METRIC=VALUE");
        ends(trainingJob("s3://models/churn/7", "mistake").argument("f1"), "f1: expected METRIC=VALUE");
        ends(
                trainingJob("s3://models/churn/7", "mistake").environment("MOORING_URL", "registry:8080"),
                "not registered: No connection adapters");
        ends(
                script("register_with_requests.py").environment("MOORING_URL", "registry:8080"),
                "no answer, run it again: No connection adapters");
    }

    @Test
    void promoting_withoutTheRegistry_endsWithALineThatSaysSo() {
        ends(
                script("promote_with_requests.py")
                        .argument("churn")
                        .argument("1")
                        .environment("MOORING_URL", "http://127.0.0.1:" + FreePort.choose()),
                "PUT /aliases/champion: no answer, run it again");
    }

    private static void ends(PythonScript script, String line) {
        assertThatThrownBy(() -> script.run(LIMIT))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(line)
                .hasMessageNotContaining("Traceback");
    }

    @Test
    void trainingJob_thatRunsTwice_registersOnce() {
        for (int run = 0; run < 2; run++) {
            assertThat(trainingJob("s3://models/churn/7", "twice").run(LIMIT))
                    .containsExactly("registered churn version 1");
        }
    }

    @Test
    void trainingJob_whoseSourceIsRefused_endsWithTheReason() {
        assertThatThrownBy(() -> trainingJob("models/churn", "wrong").run(LIMIT))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("refused: ")
                .hasMessageContaining("source");
    }

    @Test
    @Tag("long")
    void trainingJob_whileTheDatabaseIsAway_waitsForIt() {
        server.stop();
        service.awaitStatus("/health/ready", 503);
        CompletableFuture<List<String>> job = CompletableFuture.supplyAsync(
                () -> trainingJob("s3://models/churn/8", "late").run(LIMIT));
        await().atMost(LIMIT).until(() -> job.isDone() || refused() > 0);
        server.start();

        assertThat(job.join()).containsExactly("registered churn version 1");
    }

    /** Attempts that come every second, as Retry-After says, are over before an outage of some minutes is. */
    @Test
    @Tag("long")
    void trainingJob_thatIsRefusedAgainAndAgain_makesPausesThatGrow() {
        try (ScriptedServer registry = ScriptedServer.start()) {
            Queue<Long> attempts = new ConcurrentLinkedQueue<>();
            registry.answers((request, reply) -> {
                attempts.add(System.nanoTime());
                if (attempts.size() <= 4) {
                    reply.head(503, Map.of("Retry-After", "1", "Content-Length", "0"));
                    reply.done();
                } else {
                    reply.json(201, "{\"status\":\"registered\",\"version\":\"1\"}");
                }
            });
            PythonScript job = trainingJob("s3://models/churn/9", "refused")
                    .environment("MOORING_URL", registry.uri().toString());

            assertThat(job.run(LIMIT)).containsExactly("registered churn version 1");

            List<Long> at = List.copyOf(attempts);
            List<Long> pauses = new ArrayList<>();
            for (int i = 1; i < at.size(); i++) {
                pauses.add(Duration.ofNanos(at.get(i) - at.get(i - 1)).toSeconds());
            }
            assertThat(pauses).hasSize(4).isSorted().last().satisfies(last -> assertThat(last)
                    .isGreaterThanOrEqualTo(8));
        }
    }

    private static double refused() throws IOException {
        String metrics = service.get("/metrics", "X-API-Key", Served.ADMIN_KEY).body();
        return new Exposition(metrics).value("mooring_breaker_refused_total", "dependency", "database");
    }

    private static PythonScript trainingJob(String source, String run) {
        return script("training_job.py")
                .argument("churn")
                .argument(source)
                .argument(run)
                .argument("auc=0.91");
    }

    private static PythonScript script(String name) {
        String url = "http://127.0.0.1:" + service.port();
        return PythonScript.in(Path.of("../docs/how-to/python", name))
                .environment("MOORING_URL", url)
                .environment("MOORING_KEY", Served.ADMIN_KEY)
                .environment("MLFLOW_TRACKING_URI", url)
                .environment("MLFLOW_TRACKING_TOKEN", Served.ADMIN_KEY);
    }
}

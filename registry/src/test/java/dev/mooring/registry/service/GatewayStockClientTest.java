package dev.mooring.registry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mooring.registry.differential.StockClient;
import dev.mooring.testing.mlflow.MlflowInstallation;
import dev.mooring.testing.mlflow.PythonScript;
import dev.mooring.testing.mlflow.TestMlflow;
import dev.mooring.testing.postgres.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** MLflow's stock client on the service with a real MLflow server behind it. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GatewayStockClientTest {
    /** The gateway adds this tag to each version that a client makes. */
    private static final Pattern OWN_TAG = Pattern.compile(
            "\"mooring\\.registration_id\": \"[0-9a-f-]{36}\", |(?:, )?\"mooring\\.registration_id\": \"[0-9a-f-]{36}\"");

    private static TestPostgres postgres;
    private static TestMlflow mlflow;
    private static Served service;

    @BeforeAll
    static void start() throws Exception {
        Optional<String> missing = MlflowInstallation.missing();
        assumeTrue(missing.isEmpty(), missing::toString);
        postgres = TestPostgres.started();
        postgres.admin().createDatabase("mlflow_db");
        mlflow = TestMlflow.on(postgres);
        Map<String, String> variables = Served.variablesOf(postgres);
        variables.put("MLFLOW_TRACKING_URI", mlflow.uri().toString());
        variables.put("HEALTH_CHECK_INTERVAL", "500ms");
        service = Served.with(variables).awaitReady();
        awaitMlflow("up");
    }

    @AfterAll
    static void end() throws Exception {
        for (AutoCloseable each : new AutoCloseable[] {service, mlflow, postgres}) {
            if (each != null) {
                each.close();
            }
        }
    }

    private static void awaitMlflow(String status) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> service.get("/health").body().contains("\"mlflow\":{\"status\":\"" + status + "\""));
    }

    private static PythonScript throughTheService(PythonScript script) {
        return script.environment("MLFLOW_TRACKING_URI", "http://127.0.0.1:" + service.port())
                .environment("MLFLOW_TRACKING_TOKEN", Served.ADMIN_KEY);
    }

    @Test
    void script_throughTheService_seesTheSameAsOnMlflowItself() throws Exception {
        List<String> direct = StockClient.script()
                .environment("MLFLOW_TRACKING_URI", mlflow.uri().toString())
                .run(Duration.ofMinutes(2));
        postgres.admin().execute(mlflow.database(), "truncate registered_models cascade");

        List<String> through =
                throughTheService(StockClient.script()).argument("tracking").run(Duration.ofMinutes(2)).stream()
                        .map(line -> OWN_TAG.matcher(line).replaceAll(""))
                        .toList();

        assertThat(through).hasSizeGreaterThan(direct.size() + 8);
        assertThat(through.subList(0, direct.size())).isEqualTo(direct);
        assertThat(through.subList(direct.size(), through.size()))
                .noneMatch(line -> line.contains("refused"))
                .contains("[\"artifact\", \"what was learned\"]", "[\"load champion\", [6]]");
    }

    @Test
    @Tag("long")
    void trainingJob_ofTheGuide_logsItsRunAndRegistersItsModel() {
        Path script = Path.of("../docs/how-to/python/training_job_mlflow.py");

        assertThat(throughTheService(PythonScript.in(script)).run(Duration.ofMinutes(2)))
                .contains("[0]");
    }

    @Test
    void lastStepOfATrainingJob_ofTheGuide_waitsForTheVersionInMlflow() {
        PythonScript script = PythonScript.in(Path.of("../docs/how-to/python/training_job.py"))
                .environment("MOORING_URL", "http://127.0.0.1:" + service.port())
                .environment("MOORING_KEY", Served.ADMIN_KEY)
                .argument("last-step")
                .argument("s3://models/last-step/1")
                .argument("run-1");

        assertThat(script.run(Duration.ofMinutes(2))).containsExactly("registered last-step version 1");
    }

    @Test
    @Tag("long")
    void client_whileMlflowIsAway_waitsInsteadOfFailing() {
        mlflow.kill();
        awaitMlflow("down");
        CompletableFuture<List<String>> client = CompletableFuture.supplyAsync(
                () -> throughTheService(PythonScript.beside(GatewayStockClientTest.class, "waiting_client.py"))
                        .run(Duration.ofMinutes(2)));
        await().atMost(Duration.ofSeconds(60)).until(() -> client.isDone() || refused() > 0);
        mlflow.start();

        assertThat(client.join()).containsExactly("1");
    }

    private static double refused() throws IOException {
        String metrics = service.get("/metrics", "X-API-Key", Served.ADMIN_KEY).body();
        return new Exposition(metrics).value("mooring_breaker_refused_total", "dependency", "mlflow");
    }
}

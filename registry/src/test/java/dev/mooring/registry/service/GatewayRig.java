package dev.mooring.registry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.testing.http.Script;
import dev.mooring.testing.http.ScriptedRequest;
import dev.mooring.testing.http.ScriptedServer;
import dev.mooring.testing.postgres.TestPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The service with a scripted server in the place of MLflow. The server answers what the service itself asks (probes, the mirror's comparison),
 * whatever its script is.
 */
final class GatewayRig implements AutoCloseable {
    static final String API = "/api/2.0/mlflow/";
    static final String SEARCH = API + "registered-models/search";
    static final String ARTIFACTS = "/api/2.0/mlflow-artifacts/artifacts/";
    static final String[] KEY = {"Authorization", "Bearer " + Served.ADMIN_KEY};

    private static final String PROBE = SEARCH + "?max_results=1";
    private static final Script FINE = (request, reply) -> reply.json(200, "{}");
    /** A comparison that never ends keeps the mirror from answering, so that only the gateway answers. */
    private static final Script COMPARISON = (request, reply) -> reply.json(200, "{\"next_page_token\":\"more\"}");

    private final TestPostgres postgres;
    private final ScriptedServer mlflow = ScriptedServer.start();
    private final Served service;
    private volatile Script probes = FINE;

    private GatewayRig(TestPostgres postgres, Map<String, String> more) throws Exception {
        this.postgres = postgres;
        postgres.admin().createDatabase("mlflow_db");
        answers(FINE);
        Map<String, String> variables = Served.variablesOf(postgres);
        variables.put("MLFLOW_TRACKING_URI", mlflow.uri() + "/behind");
        variables.put("MLFLOW_TRACKING_TOKEN", "token-of-the-service");
        variables.put("HEALTH_CHECK_INTERVAL", "500ms");
        variables.put("SHUTDOWN_TIMEOUT", "2");
        variables.putAll(more);
        service = Served.counted(variables).awaitReady();
        awaitMlflow("up");
    }

    static GatewayRig started(Map<String, String> more) throws Exception {
        return new GatewayRig(TestPostgres.started(), more);
    }

    Served service() {
        return service;
    }

    ScriptedServer mlflow() {
        return mlflow;
    }

    /** Answers calls, but not probes, by this script. */
    void answers(Script next) {
        mlflow.answers((request, reply) -> {
            Script comparison = isOfAClient(request) ? next : COMPARISON;
            (isProbe(request) ? probes : comparison).play(request, reply);
        });
    }

    private static boolean isProbe(ScriptedRequest request) {
        return request.target().endsWith(PROBE)
                && request.header("User-Agent").orElse("").equals("mooring");
    }

    /** Every request of a client has an id, which the service passes on. */
    private static boolean isOfAClient(ScriptedRequest request) {
        return request.header("X-Request-ID").isPresent();
    }

    /** Answers probes by this script. */
    void probes(Script next) {
        probes = next;
    }

    /** MLflow works again, and its breaker is closed. */
    void restore() throws Exception {
        probes = FINE;
        answers(FINE);
        awaitMlflow("up");
    }

    /** The requests of clients on this path, behind the path of MLflow's address. */
    List<ScriptedRequest> requests(String path) {
        return mlflow.requests().stream()
                .filter(request -> request.path().equals("/behind" + path))
                .filter(GatewayRig::isOfAClient)
                .toList();
    }

    void awaitMlflow(String status) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> health().contains("\"mlflow\":{\"status\":\"" + status + "\""));
    }

    String health() throws IOException {
        return service.get("/health").body();
    }

    TestPostgres postgres() {
        return postgres;
    }

    @Override
    public void close() {
        assertThat(service.stop()).as("exit code").isZero();
        mlflow.close();
        postgres.close();
    }
}

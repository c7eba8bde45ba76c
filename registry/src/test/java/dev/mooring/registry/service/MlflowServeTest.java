package dev.mooring.registry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.registry.registrations.ScriptedMlflow;
import dev.mooring.registry.registrations.ScriptedMlflow.Behaviour;
import dev.mooring.testing.postgres.TestPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service with an MLflow server behind it, as clients and operators see it. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MlflowServeTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    private static TestPostgres server;
    private static ScriptedMlflow mlflow;
    private static Served service;

    @BeforeAll
    static void start() throws Exception {
        server = TestPostgres.started();
        server.admin().createDatabase("mlflow_db");
        mlflow = new ScriptedMlflow();
        Map<String, String> variables = Served.variablesOf(server);
        variables.put("AUTH_ENABLED", "false");
        variables.put("MLFLOW_TRACKING_URI", mlflow.uri());
        variables.put("HEALTH_CHECK_INTERVAL", "500ms");
        variables.put("HEALTH_DETAILS_PUBLIC", "true");
        service = Served.with(variables).awaitReady();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> dependency().path("status").asString().equals("up"));
    }

    @AfterAll
    static void end() {
        service.close();
        mlflow.close();
        server.close();
    }

    @Test
    void registration_isAnsweredByWhatBecameOfIt() throws Exception {
        HttpResponse<String> registered = register("churn", "k-1");
        assertThat(registered.statusCode()).isEqualTo(201);
        assertThat(json(registered).path("version").asString()).isEqualTo("1");

        mlflow.behave(Behaviour.WRONG_HOST);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> dependency().path("status").asString().equals("down"));
        HttpResponse<String> accepted = register("churn", "k-2");
        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(accepted.headers().firstValue("Mooring-Degraded")).contains("mlflow");
        String id = json(accepted).path("registration_id").asString();
        assertThat(accepted.headers().firstValue("Location")).hasValue("/registrations/" + id);
        assertThat(json(accepted).path("status").asString()).isEqualTo("accepted");
        assertThat(json(accepted).has("version")).isFalse();
        HttpResponse<String> again = register("churn", "k-2");
        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(again.headers().firstValue("Idempotent-Replay")).hasValue("true");
        assertThat(json(service.get("/registrations/" + id)).path("status").asString())
                .isEqualTo("accepted");
        HttpResponse<String> health = service.get("/health");
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(json(health).path("status").asString()).isEqualTo("degraded");
        assertThat(dependency().path("last_failure").path("kind").asString()).isEqualTo("host_not_allowed");
        assertThat(dependency().path("last_failure").path("message").asString()).contains("--allowed-hosts");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> queue("mlflow").path("pending").asInt() == 1);

        mlflow.behave(Behaviour.REJECTS);
        await().atMost(Duration.ofSeconds(20)).until(() -> json(service.get("/registrations/" + id))
                .path("status")
                .asString()
                .equals("rejected"));
        assertThat(json(service.get("/registrations/" + id)).path("cause").asString())
                .contains("Invalid model version source");
        HttpResponse<String> rejected = register("churn", "k-2");
        assertThat(rejected.statusCode()).isEqualTo(422);
        assertThat(json(rejected).path("code").asString()).isEqualTo("registration_rejected");
        assertThat(json(rejected).path("registration_id").asString()).isEqualTo(id);
        mlflow.behave(Behaviour.WELL);
    }

    @Test
    void queues_areInOperationsHealthAndMetrics() throws Exception {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> !queue("mlflow-second-look").isMissingNode());
        assertThat(json(service.get("/health/detailed", "X-API-Key", Served.ADMIN_KEY))
                        .path("queues")
                        .has("mlflow"))
                .isTrue();
        Exposition metrics = new Exposition(
                service.get("/metrics", "X-API-Key", Served.ADMIN_KEY).body());
        assertThat(metrics.value("mooring_outbox_pending", "destination", "mlflow"))
                .isNotNegative();
        assertThat(metrics.value("mooring_outbox_oldest_seconds", "destination", "mlflow"))
                .isNotNegative();
        assertThat(metrics.value("mooring_dead_letters", "destination", "mlflow"))
                .isZero();
        assertThat(metrics.value("mooring_deliveries_total", "destination", "mlflow", "outcome", "delivered"))
                .isNotNegative();
        assertThat(metrics.value("mooring_registrations_total", "status", "accepted"))
                .isNotNegative();
    }

    private static HttpResponse<String> register(String model, String key) throws IOException {
        return service.post(
                "/models/register",
                "{\"name\":\"" + model + "\",\"source\":\"s3://models/" + model + "\"}",
                "Idempotency-Key",
                key);
    }

    private static JsonNode queue(String destination) throws IOException {
        for (JsonNode queue :
                json(service.get("/ops/queues", "X-API-Key", Served.ADMIN_KEY)).path("queues")) {
            if (queue.path("destination").asString().equals(destination)) {
                return queue;
            }
        }
        return JSON.missingNode();
    }

    private static JsonNode dependency() throws IOException {
        return json(service.get("/health")).path("dependencies").path("mlflow");
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }
}

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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The local registry and that of MLflow stay apart in one database: here are two services on it, each with one of them. Most of its time are these
 * two starts; only two services show both directions.
 */
@Tag("long")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RegistriesApartServeTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    private static TestPostgres server;
    private static ScriptedMlflow mlflow;
    private static Served local;
    private static Served behind;

    @BeforeAll
    static void start() throws Exception {
        server = TestPostgres.started();
        server.admin().createDatabase("mlflow_db");
        mlflow = new ScriptedMlflow();
        Map<String, String> variables = Served.variablesOf(server);
        variables.put("AUTH_ENABLED", "false");
        local = Served.with(variables).awaitReady();
        variables.put("MLFLOW_TRACKING_URI", mlflow.uri());
        variables.put("HEALTH_CHECK_INTERVAL", "500ms");
        behind = Served.with(variables).awaitReady();
        awaitStatus("up");
    }

    @AfterAll
    static void end() {
        behind.close();
        local.close();
        mlflow.close();
        server.close();
    }

    @Test
    void keyOfOneRegistry_isANewKeyInTheOther() throws Exception {
        for (boolean localFirst : new boolean[] {true, false}) {
            Served first = localFirst ? local : behind;
            Served second = localFirst ? behind : local;
            String model = localFirst ? "churn" : "fraud";

            String made = registered(first, model, "run-" + model, false);
            String other = registered(second, model, "run-" + model, false);

            assertThat(other).isNotEqualTo(made);
            assertThat(mlflow.registry().versions(model)).containsExactly(1);
            assertThat(local.get("/models/" + model).statusCode()).isEqualTo(200);
            assertThat(registered(first, model, "run-" + model, true)).isEqualTo(made);
            assertThat(registered(second, model, "run-" + model, true)).isEqualTo(other);
        }
    }

    @Test
    void keyOfOneRegistry_canComeWithAnotherBodyInTheOther_andNotInItsOwn() throws Exception {
        String made = registered(local, "letters", "shared-key", false);
        assertThat(registered(behind, "numbers", "shared-key", false)).isNotEqualTo(made);
        HttpResponse<String> reused = register(behind, "letters", "shared-key");
        assertThat(reused.statusCode()).isEqualTo(422);
        assertThat(json(reused).path("code").asString()).isEqualTo("idempotency_key_reused");
    }

    @Test
    void registrationOfOneRegistry_isNotFoundInTheOther_whichSaysWhy() throws Exception {
        String inLocal = registered(local, "here", "k-local", false);
        String inMlflow = registered(behind, "there", "k-mlflow", false);

        assertThat(local.get("/registrations/" + inLocal).statusCode()).isEqualTo(200);
        assertThat(behind.get("/registrations/" + inMlflow).statusCode()).isEqualTo(200);
        isElsewhere(behind.get("/registrations/" + inLocal));
        isElsewhere(local.get("/registrations/" + inMlflow));
        assertThat(local.get("/models/there").statusCode()).isEqualTo(404);
        assertThat(local.get("/models/there/history").statusCode()).isEqualTo(404);
        assertThat(behind.get("/models/here/history").statusCode()).isNotEqualTo(200);
        assertThat(behind.get("/models/here/aliases/champion").statusCode()).isNotEqualTo(200);
    }

    private static void isElsewhere(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
        assertThat(json(answer).path("code").asString()).isEqualTo("registration_not_found");
        assertThat(json(answer).path("detail").asString()).contains("MLFLOW_TRACKING_URI");
    }

    @Test
    void equalCreatesOfMlflowsClient_makeAVersionInEachRegistry() throws Exception {
        for (Served service : new Served[] {local, behind}) {
            String body = "{\"name\":\"client\",\"source\":\"s3://models/client\"}";
            assertThat(service.post("/api/2.0/mlflow/registered-models/create", "{\"name\":\"client\"}")
                            .statusCode())
                    .isEqualTo(200);
            HttpResponse<String> made = service.post("/api/2.0/mlflow/model-versions/create", body);
            assertThat(json(made).path("model_version").path("version").asString())
                    .as(made.body())
                    .isEqualTo("1");
        }
        assertThat(mlflow.registry().versions("client")).containsExactly(1);
    }

    @Test
    void mlflowThatIsKnownToBeAway_isNamedInItsOwnWords_andNoRegistrationWaitsForIt() throws Exception {
        mlflow.behave(Behaviour.WRONG_HOST);
        awaitStatus("down");
        JsonNode failure = mlflowHealth().path("last_failure");
        assertThat(failure.path("kind").asString()).isEqualTo("host_not_allowed");
        assertThat(failure.path("check").asString()).contains("--allowed-hosts").doesNotContain("pg_hba");

        long begun = System.nanoTime();
        HttpResponse<String> accepted = register(behind, "waits", "k-away");
        assertThat(Served.since(begun)).isLessThan(Duration.ofSeconds(1));
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        assertThat(server.admin()
                        .ask(
                                "mlflow_db",
                                "select count(*) from mooring.outbox where message_id = '"
                                        + json(accepted).path("registration_id").asString() + "'"))
                .as("the message has the id of its registration, which the log names")
                .isEqualTo("1");
        mlflow.behave(Behaviour.WELL);
        awaitStatus("up");
    }

    private static void awaitStatus(String status) {
        await().atMost(Duration.ofSeconds(15))
                .until(() -> mlflowHealth().path("status").asString().equals(status));
    }

    private static JsonNode mlflowHealth() throws IOException {
        return json(behind.get("/health")).path("dependencies").path("mlflow");
    }

    /** Registers, and gives the id of the registration. */
    private static String registered(Served service, String model, String key, boolean replayed) throws IOException {
        HttpResponse<String> answer = register(service, model, key);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(json(answer).path("version").asString()).isEqualTo("1");
        assertThat(answer.headers().firstValue("Idempotent-Replay").isPresent()).isEqualTo(replayed);
        return json(answer).path("registration_id").asString();
    }

    private static HttpResponse<String> register(Served service, String model, String key) throws IOException {
        return service.post(
                "/models/register",
                "{\"name\":\"" + model + "\",\"source\":\"s3://models/" + model + "\"}",
                "Idempotency-Key",
                key);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }
}

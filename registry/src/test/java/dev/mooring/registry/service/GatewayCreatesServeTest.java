package dev.mooring.registry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.registry.registrations.ScriptedMlflow;
import dev.mooring.registry.registrations.ScriptedMlflow.Behaviour;
import dev.mooring.testing.postgres.TestPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A client that repeats a call which makes a version, because it does not know what became of it. Two instances of the service share a database
 * and a scripted MLflow, which keeps what it made.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GatewayCreatesServeTest {
    private static final String CREATE = "/api/2.0/mlflow/model-versions/create";

    private static TestPostgres postgres;
    private static ScriptedMlflow mlflow;
    private static Served one;
    private static Served other;

    @BeforeAll
    static void start() throws Exception {
        postgres = TestPostgres.started();
        postgres.admin().createDatabase("mlflow_db");
        mlflow = new ScriptedMlflow();
        one = instance();
        one.awaitReady();
        other = instance();
        other.awaitReady();
        awaitUp(one);
        awaitUp(other);
    }

    private static Served instance() {
        Map<String, String> variables = Served.variablesOf(postgres);
        variables.put("AUTH_ENABLED", "false");
        variables.put("MLFLOW_TRACKING_URI", mlflow.uri());
        variables.put("MLFLOW_TIMEOUT", "1500ms");
        variables.put("MLFLOW_CONNECT_TIMEOUT", "500ms");
        variables.put("HEALTH_CHECK_INTERVAL", "500ms");
        return Served.counted(variables);
    }

    private static void awaitUp(Served service) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> service.get("/health").body().contains("\"mlflow\":{\"status\":\"up\""));
    }

    @AfterAll
    static void end() {
        assertThat(one.stop()).as("exit code").isZero();
        assertThat(other.stop()).as("exit code").isZero();
        mlflow.close();
        postgres.close();
    }

    private static String body(String model) {
        return "{\"name\":\"" + model + "\",\"source\":\"s3://models/" + model
                + "\",\"tags\":[{\"key\":\"a\",\"value\":\"b\"}]}";
    }

    private static HttpResponse<String> create(Served service, String model) throws Exception {
        return service.post(CREATE, body(model));
    }

    private static void model(String name) throws Exception {
        assertThat(one.post("/api/2.0/mlflow/registered-models/create", "{\"name\":\"" + name + "\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    /** Waits as the answers say, though not as long, and repeats until MLflow's answer comes. */
    private static HttpResponse<String> repeatUntilAnswered(Served service, String model) throws Exception {
        AtomicReference<HttpResponse<String>> last = new AtomicReference<>();
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> {
                    last.set(create(service, model));
                    if (last.get().statusCode() != 200) {
                        assertThat(last.get().statusCode())
                                .as(last.get().body())
                                .isEqualTo(503);
                        assertThat(last.get()
                                        .headers()
                                        .firstValueAsLong("Retry-After")
                                        .orElse(0))
                                .isGreaterThanOrEqualTo(10);
                    }
                    return last.get().statusCode() == 200;
                });
        return last.get();
    }

    @Test
    void call_whoseAnswerArrived_makesAnotherVersionNextTime() throws Exception {
        model("twice");
        assertThat(create(one, "twice").body()).contains("\"version\":\"1\"");
        assertThat(create(one, "twice").body()).contains("\"version\":\"2\"");
        assertThat(create(other, "twice").body()).contains("\"version\":\"3\"");
        assertThat(mlflow.registry().versions("twice")).containsExactly(1, 2, 3);
    }

    @Test
    void call_whoseConnectionMlflowDroppedAfterItsCommit_findsItsVersion() throws Exception {
        model("dropped");
        mlflow.behave(Behaviour.DROPS_AFTER_COMMIT);
        HttpResponse<String> unknown = create(one, "dropped");
        mlflow.behave(Behaviour.WELL);
        assertThat(unknown.statusCode()).isEqualTo(503);
        assertThat(unknown.body()).contains("it may have done what was asked");
        awaitUp(other);

        HttpResponse<String> found = repeatUntilAnswered(other, "dropped");

        assertThat(found.body()).contains("\"version\":\"1\"", "\"name\":\"dropped\"");
        assertThat(mlflow.registry().versions("dropped")).containsExactly(1);
    }

    @Test
    void version_thatWasDeletedBeforeTheRepetition_isMadeAnew() throws Exception {
        model("deleted");
        mlflow.behave(Behaviour.DROPS_AFTER_COMMIT);
        assertThat(create(one, "deleted").statusCode()).isEqualTo(503);
        mlflow.behave(Behaviour.WELL);
        awaitUp(one);
        String id = postgres.admin().ask("mlflow_db", "select id from mooring.forwarded_create where version is null");
        assertThat(mlflow.registry().versionsOf(id)).isEqualTo(1);
        postgres.admin()
                .execute("mlflow_db", "update mooring.forwarded_create set version = 1 where id = '" + id + "'");
        HttpRequest deletion = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + one.port() + "/api/2.0/mlflow/model-versions/delete"))
                .header("Content-Type", "application/json")
                .method("DELETE", BodyPublishers.ofString("{\"name\":\"deleted\",\"version\":\"1\"}"))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(deletion, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);

        assertThat(repeatUntilAnswered(one, "deleted").body()).contains("\"version\":\"2\"");
    }

    @Test
    void call_thatMlflowCarriesOutLate_isNotSentAgainBefore() throws Exception {
        model("late");
        mlflow.behave(Behaviour.COMMITS_LATE);
        assertThat(create(one, "late").statusCode()).isEqualTo(503);
        mlflow.behave(Behaviour.WELL);
        awaitUp(one);
        HttpResponse<String> early = create(one, "late");
        assertThat(early.statusCode()).isEqualTo(503);
        assertThat(early.headers().firstValueAsLong("Retry-After").orElse(0)).isGreaterThanOrEqualTo(10);
        assertThat(mlflow.registry().versions("late")).isEmpty();
        // Among them are questions of the mirror, which change nothing.
        assertThat(mlflow.commitLate()).isPositive();

        assertThat(repeatUntilAnswered(one, "late").body()).contains("\"version\":\"1\"");
        assertThat(mlflow.registry().versions("late")).containsExactly(1);
    }

    @Test
    void call_thatMlflowNeverGot_isSentAgainOnceTheEarlierOneMustHaveEnded() throws Exception {
        model("again");
        mlflow.behave(Behaviour.COMMITS_LATE);
        assertThat(create(one, "again").statusCode()).isEqualTo(503);
        mlflow.behave(Behaviour.WELL);
        awaitUp(other);

        assertThat(repeatUntilAnswered(other, "again").body()).contains("\"version\":\"1\"");
        assertThat(mlflow.registry().versions("again")).containsExactly(1);
        assertThat(create(one, "again").body()).contains("\"version\":\"2\"");
    }

    @Test
    @Tag("long")
    void call_whoseInstanceWasKilled_findsItsVersionOnAnother() throws Exception {
        model("killed");
        Served victim = instance();
        victim.awaitReady();
        awaitUp(victim);
        mlflow.behave(Behaviour.FROZEN);
        CompletableFuture<Integer> cut = CompletableFuture.supplyAsync(() -> {
            try {
                return create(victim, "killed").statusCode();
            } catch (Exception gone) {
                return 0;
            }
        });
        await().atMost(Duration.ofSeconds(5)).until(() -> postgres.admin()
                .ask(
                        "mlflow_db",
                        "select count(*) from mooring.forwarded_create where version is null and begun_at > now() - interval '1 s'")
                .equals("1"));
        victim.kill();
        victim.close();
        mlflow.behave(Behaviour.WELL);
        assertThat(cut.get()).isZero();
        awaitUp(one);

        assertThat(repeatUntilAnswered(one, "killed").body()).contains("\"version\":\"1\"");
        assertThat(mlflow.registry().versions("killed")).containsExactly(1);
    }
}

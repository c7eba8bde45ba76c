package dev.mooring.registry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.registry.registrations.ScriptedMlflow;
import dev.mooring.registry.registrations.ScriptedMlflow.Behaviour;
import dev.mooring.testing.postgres.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With an MLflow server behind the service there is an event when MLflow has the version. The queue is in the database here. */
@Tag("long")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MlflowEventsServeTest {
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final String EVENTS = """
            select coalesce(string_agg(concat_ws(' ', replace(type, 'model.', ''), payload ->> 'name', payload ->> 'version',
                     payload ->> 'alias', case when payload ->> 'registration_id' is null then 'without registration' end,
                     payload -> 'tags' ->> 'team', left(traceparent, 6)), ', ' order by seq), '')
            from mooring.queue_message""";

    @Test
    void events_followMlflow_inTheTraceOfTheirRequests() throws Exception {
        try (TestPostgres server = TestPostgres.started();
                ScriptedMlflow mlflow = new ScriptedMlflow()) {
            server.admin().createDatabase("mlflow_db");
            Map<String, String> variables = Served.variablesOf(server);
            variables.put("AUTH_ENABLED", "false");
            variables.put("MLFLOW_TRACKING_URI", mlflow.uri());
            variables.put("HEALTH_CHECK_INTERVAL", "500ms");
            variables.put("QUEUE_BACKEND", "postgres");
            try (Served service = Served.with(variables).awaitReady()) {
                await().atMost(Duration.ofSeconds(10)).until(() -> mlflowIs(service, "up"));
                assertThat(register(service, "\"tags\":{\"team\":\"risk\"}").statusCode())
                        .isEqualTo(201);
                assertThat(server.admin().ask("mlflow_db", EVENTS)).isEqualTo("registered churn 1 risk 00-0af");

                mlflow.behave(Behaviour.REFUSING);
                await().atMost(Duration.ofSeconds(10)).until(() -> mlflowIs(service, "down"));
                assertThat(register(service, "\"metrics\":{}").statusCode()).isEqualTo(202);
                assertThat(server.admin().ask("mlflow_db", EVENTS))
                        .as("MLflow does not have it yet")
                        .doesNotContain("churn 2");
                mlflow.behave(Behaviour.WELL);
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> server.admin().ask("mlflow_db", EVENTS).endsWith(", registered churn 2 00-0af"));

                await().atMost(Duration.ofSeconds(10)).until(() -> mlflowIs(service, "up"));
                assertThat(send(service, "PUT", "/models/churn/aliases/champion", "{\"version\":\"2\"}"))
                        .isEqualTo(200);
                assertThat(send(
                                service,
                                "POST",
                                "/api/2.0/mlflow/model-versions/create",
                                "{\"name\":\"churn\",\"source\":\"s3://models/churn/3\"}"))
                        .isEqualTo(200);
                assertThat(server.admin().ask("mlflow_db", EVENTS))
                        .endsWith(", promoted churn 2 champion 00-0af, registered churn 3 without registration 00-0af");
            }
        }
    }

    private static HttpResponse<String> register(Served service, String more) throws IOException {
        return service.post(
                "/models/register",
                "{\"name\":\"churn\",\"source\":\"s3://models/churn/1\"," + more + "}",
                "traceparent",
                TRACE);
    }

    private static int send(Served service, String method, String path, String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path))
                                .timeout(Duration.ofSeconds(10))
                                .header("Content-Type", "application/json")
                                .header("traceparent", TRACE)
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private static boolean mlflowIs(Served service, String status) throws IOException {
        return service.get("/health").body().contains("\"mlflow\":{\"status\":\"" + status + "\"");
    }
}

package dev.mooring.registry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.testing.postgres.TestPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service without Redis: nothing of Redis is there, and events go to the database, or nowhere. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WithoutRedisServeTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** The definitions of the settings are no part of a connection. */
    private static final Pattern OF_REDIS = Pattern.compile(
            "io\\.lettuce\\.|io\\.netty\\.|dev\\.mooring\\.redis\\.(?!settings\\.)|dev\\.mooring\\.messages\\.queue\\.redis\\.");

    @TempDir
    static Path folder;

    private static TestPostgres server;

    @BeforeAll
    static void start() throws Exception {
        server = TestPostgres.started();
        server.admin().createDatabase("mlflow_db");
    }

    @AfterAll
    static void end() {
        server.close();
    }

    @Test
    @Tag("long")
    void eventsInTheDatabase_areCommittedWithTheirChange_andWhatWaitsForRedisIsLogged() throws Exception {
        try (Served service =
                Served.with(variables("QUEUE_BACKEND", "postgres")).awaitReady()) {
            register(service, "churn");
            register(service, "churn");
            assertThat(server.admin()
                            .ask(
                                    "mlflow_db",
                                    "select string_agg(type || (payload ->> 'version'), ',' order by seq)"
                                            + " from mooring.queue_message where queue = 'model_ready'"))
                    .isEqualTo("model.registered1,model.registered2");
            await().atMost(Duration.ofSeconds(10)).until(() -> json(service.get("/ops/queues"))
                    .path("queues")
                    .toString()
                    .contains("\"postgres\""));
            leaveForRedis();
        }

        Path classes = folder.resolve("classes");
        Map<String, String> variables = variables("REDIS_HOST", "redis.example.org");
        variables.put("REDIS_ENABLED", "false");
        variables.put("MLFLOW_TRACKING_URI", "http://mlflow.example.org");
        variables.put("MLFLOW_ENABLED", "false");
        variables.put("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + classes);
        try (Served service = Served.with(variables).awaitReady()) {
            register(service, "churn");
            JsonNode health = json(service.get("/health"));
            assertThat(health.path("status").asString()).isEqualTo("healthy");
            assertThat(health.path("features").isEmpty()).isTrue();
            JsonNode disabled = JSON.readTree("""
                    {"status":"disabled","critical":false}""");
            assertThat(health.path("dependencies").path("redis")).isEqualTo(disabled);
            assertThat(health.path("dependencies").path("mlflow")).isEqualTo(disabled);
            assertThat(server.admin().ask("mlflow_db", "select count(*) from mooring.queue_message"))
                    .isEqualTo("2");
            assertThat(server.admin().ask("mlflow_db", "select count(*) from mooring.outbox"))
                    .isEqualTo("1");
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> String.join("\n", service.process().lines())
                            .contains("1 messages to redis wait, and this instance delivers none of them: set"
                                    + " QUEUE_BACKEND=redis with REDIS_HOST or REDIS_URL again"));
            assertThat(service.stop()).isZero();
        }
        List<String> loaded = Files.readAllLines(classes);
        assertThat(loaded).anyMatch(line -> line.contains("dev.mooring.registry.events.EventsConfiguration"));
        assertThat(loaded).noneMatch(line -> OF_REDIS.matcher(line).find());
    }

    @Test
    @Tag("long")
    void redisAsTheQueueWithoutRedis_endsTheStartWithOneLine() {
        Map<String, String> variables = variables("QUEUE_BACKEND", "redis");
        variables.put("REDIS_PASSWORD", "not-shown");
        try (Served service = Served.with(variables)) {
            assertThat(service.process().awaitExit(Duration.ofSeconds(20))).isEqualTo(2);
            assertThat(service.process().lines())
                    .singleElement()
                    .asString()
                    .startsWith(
                            "mooring: QUEUE_BACKEND is \"redis\"; expected postgres or none, because the service uses no"
                                    + " Redis; set REDIS_HOST");
        }
    }

    private static Map<String, String> variables(String name, String value) {
        Map<String, String> variables = Served.variablesOf(server);
        variables.put("AUTH_ENABLED", "false");
        variables.put(name, value);
        return variables;
    }

    private static void register(Served service, String model) throws IOException {
        HttpResponse<String> answer = service.post(
                "/models/register", "{\"name\":\"" + model + "\",\"source\":\"s3://models/" + model + "\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Mooring-Degraded")).isEmpty();
    }

    /** A message from a time when events went to Redis. */
    private static void leaveForRedis() throws Exception {
        server.admin().ask("mlflow_db", """
                        with left_behind as (
                          insert into mooring.outbox (message_id, destination, ordering_key, type, payload, leads, ready_at, due_at)
                          values (gen_random_uuid(), 'redis', 'k', 'model.registered', '{}', true, now(), now())
                          returning 1)
                        select count(*) from left_behind""");
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }
}

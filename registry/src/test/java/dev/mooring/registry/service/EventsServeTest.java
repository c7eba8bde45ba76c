package dev.mooring.registry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mooring.registry.service.EventStream.Event;
import dev.mooring.testing.mlflow.MlflowInstallation;
import dev.mooring.testing.mlflow.PythonScript;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.process.ChildProcess;
import dev.mooring.testing.redis.TestRedis;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Registrations and promotions reach the stream in Redis, as the service runs. All tests share one service; each has models of its own. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EventsServeTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final String MLFLOW = "/api/2.0/mlflow/";

    private static TestPostgres server;
    private static TestRedis redis;
    private static EventStream stream;
    private static Served service;

    @BeforeAll
    static void start() throws Exception {
        server = TestPostgres.started();
        server.admin().createDatabase("mlflow_db");
        redis = TestRedis.builder().password("of-redis").start();
        stream = EventStream.in(redis);
        Map<String, String> variables = Served.variablesOf(server);
        variables.put("AUTH_ENABLED", "false");
        variables.put("REDIS_HOST", redis.host());
        variables.put("REDIS_PORT", String.valueOf(redis.port()));
        variables.put("REDIS_PASSWORD", "of-redis");
        variables.put("HEALTH_CHECK_INTERVAL", "200ms");
        variables.put("QUEUE_MAX_ATTEMPTS", "2");
        service = Served.counted(variables).awaitReady();
        awaitRedis("up");
    }

    /** It also shows that the service ends in order while Redis does not answer. */
    @AfterAll
    static void end() {
        redis.freeze();
        long asked = System.nanoTime();
        assertThat(service.stop()).isZero();
        Served.measured("end while Redis is frozen", Served.since(asked), "10000 ms");
        assertThat(Served.since(asked)).isLessThan(Duration.ofSeconds(10));
        assertThat(String.join("\n", service.process().lines())).doesNotContain("\"level\":\"error\"");
        service.close();
        redis.close();
        server.close();
    }

    @Test
    void registration_isOnTheStream_withAllThatTheContractSays() throws Exception {
        Instant before = Instant.now().minusSeconds(1);
        String id = json(service.post(
                        "/models/register",
                        "{\"name\":\"churn\",\"source\":\"s3://models/churn/7\",\"run_id\":\"run-7\",\"tags\":{\"team\":\"risk\"},"
                                + "\"metrics\":{\"auc\":0.75}}",
                        "traceparent",
                        TRACE,
                        "Idempotency-Key",
                        "once"))
                .path("registration_id")
                .asString();
        service.post(
                "/models/register",
                "{\"name\":\"churn\",\"source\":\"s3://models/churn/7\",\"run_id\":\"run-7\",\"tags\":{\"team\":\"risk\"},"
                        + "\"metrics\":{\"auc\":0.75}}",
                "Idempotency-Key",
                "once");
        register("churn");

        List<Event> events = stream.await(2, "churn");

        assertThat(events).as("a replay registers nothing").hasSize(2);
        Event first = events.get(0);
        assertThat(first.fields().keySet())
                .containsExactlyInAnyOrder("message_id", "type", "time", "attempt", "payload", "traceparent");
        assertThat(UUID.fromString(first.id()).version()).isEqualTo(7);
        assertThat(first.type()).isEqualTo("model.registered");
        assertThat(Instant.parse(first.fields().get("time"))).isBetween(before, Instant.now());
        assertThat(first.fields()).containsEntry("attempt", "1").containsEntry("traceparent", TRACE);
        assertThat(first.payload()).isEqualTo(JSON.readTree("""
                {"registration_id":"%s","name":"churn","version":"1","source":"s3://models/churn/7","run_id":"run-7",
                 "tags":{"team":"risk"},"metrics":{"auc":0.75},"registered_by":"anonymous"}""".formatted(id)));
        assertThat(events.get(1).payload().path("version").asString()).isEqualTo("2");
        assertThat(events.get(1).payload().path("run_id").isNull()).isTrue();
        assertThat(events.get(1).fields()).doesNotContainKey("traceparent");
    }

    @Test
    void alias_thatPointsToAnotherVersion_isAPromotionFromTheOneBefore() throws Exception {
        register("ranker");
        register("ranker");
        promote("ranker", "champion", 1);
        promote("ranker", "champion", 2);
        promote("ranker", "champion", 2);
        promote("ranker", "shadow", 1);
        assertThat(service.delete("/models/ranker/aliases/champion").statusCode())
                .isEqualTo(204);
        promote("ranker", "champion", 1);

        List<JsonNode> promoted = promotions(stream.await(6, "ranker"));

        assertThat(promoted.stream().map(EventsServeTest::alias))
                .containsExactly("champion 1 from -", "champion 2 from 1", "shadow 1 from -", "champion 1 from -");
        assertThat(promoted.get(0).path("source").asString()).isEqualTo("s3://models/ranker");
        assertThat(promoted.get(0).path("registration_id").asString()).isNotEmpty();
        assertThat(promoted.get(0).has("stage")).isFalse();
    }

    @Test
    void callsOfMlflow_makeTheSameEvents() throws Exception {
        mlflow("registered-models/create", "{\"name\":\"forest\"}");
        for (int version = 1; version <= 3; version++) {
            mlflow("model-versions/create", "{\"name\":\"forest\",\"source\":\"s3://forest/" + version + "\"}");
        }
        stage(1, "Staging", false);
        stage(1, "Production", false);
        stage(2, "Production", false);
        stage(3, "Production", true);
        stage(3, "Archived", false);
        stage(3, "None", false);
        mlflow("registered-models/alias", "{\"name\":\"forest\",\"alias\":\"best\",\"version\":\"3\"}");

        List<Event> events = stream.await(8, "forest");

        assertThat(events.stream().map(Event::type))
                .containsExactly(
                        "model.registered",
                        "model.registered",
                        "model.registered",
                        "model.promoted",
                        "model.promoted",
                        "model.promoted",
                        "model.promoted",
                        "model.promoted");
        assertThat(events.get(0).payload().path("registration_id").isNull()).isTrue();
        assertThat(events.get(0).payload().path("source").asString()).isEqualTo("s3://forest/1");
        assertThat(promotions(events).stream().limit(4).map(EventsServeTest::stage))
                .containsExactly(
                        "1 None → Staging from -",
                        "1 Staging → Production from -",
                        "2 None → Production from 1",
                        "3 None → Production from 2");
        assertThat(alias(promotions(events).get(4))).isEqualTo("best 3 from -");
    }

    @Test
    @Tag("long")
    void outage_delaysEventsAndNothingElse_alsoOverARename() throws Exception {
        register("old-name");
        redis.kill();
        awaitRedis("down");
        HttpResponse<String> answer = register("old-name");
        assertThat(answer.headers().firstValue("Mooring-Degraded")).hasValue("redis");
        assertThat(service.get("/models/old-name").headers().firstValue("Mooring-Degraded"))
                .isEmpty();
        rename("old-name", "new-name");
        assertThat(register("new-name").statusCode()).isEqualTo(201);
        assertThat(promote("new-name", "champion", 3).headers().firstValue("Mooring-Degraded"))
                .hasValue("redis");
        register("gone");
        assertThat(service.delete("/models/gone").statusCode()).isEqualTo(204);
        HttpResponse<String> health = service.get("/health");
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(json(health).path("status").asString()).isEqualTo("degraded");
        assertThat(service.get("/health/ready").statusCode()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(10)).until(() -> pending() >= 4);

        redis.start();

        List<Event> events = stream.await(4, "old-name", "new-name");
        assertThat(events.stream().map(event -> event.type() + " " + event.name() + " " + event.version()))
                .containsExactly(
                        "model.registered old-name 1",
                        "model.registered old-name 2",
                        "model.registered new-name 3",
                        "model.promoted new-name 3");
        assertThat(stream.await(1, "gone")).as("a deletion recalls no event").hasSize(1);
        awaitRedis("up");
        assertThat(register("old-name").headers().firstValue("Mooring-Degraded"))
                .isEmpty();
        await().atMost(Duration.ofSeconds(10)).until(() -> pending() == 0);
    }

    @Test
    void largePayload_leavesOutWhatTheServiceKeeps() throws Exception {
        mlflow("registered-models/create", "{\"name\":\"large\"}");
        mlflow(
                "model-versions/create",
                "{\"name\":\"large\",\"source\":\"s3://large/1\",\"tags\":[{\"key\":\"notes\",\"value\":\""
                        + "x".repeat(70_000) + "\"}]}");

        JsonNode payload = stream.await(1, "large").get(0).payload();

        assertThat(payload.path("tags").isEmpty()).isTrue();
        assertThat(payload.path("left_out").toString()).isEqualTo("[\"tags\"]");
        assertThat(payload.path("source").asString()).isEqualTo("s3://large/1");
    }

    @Test
    void poison_isADeadLetterWithItsCause_andArrivesWhenItIsReplayedAfterTheFix() throws Exception {
        redis.admin().ask("RENAME", EventStream.DEFAULT, "kept");
        redis.admin().ask("SET", EventStream.DEFAULT, "no stream");
        JsonNode letter;
        String id;
        try {
            id = json(register("poisoned")).path("registration_id").asString();
            await().atMost(Duration.ofSeconds(20)).until(() -> !deadLetters().isEmpty());
            letter = deadLetters().get(0);
        } finally {
            redis.admin().ask("RENAME", "kept", EventStream.DEFAULT);
        }
        assertThat(letter.path("destination").asString()).isEqualTo("redis");
        assertThat(letter.path("type").asString()).isEqualTo("model.registered");
        assertThat(letter.path("attempts").asInt()).isEqualTo(2);
        assertThat(letter.path("cause").path("message").asString()).contains("WRONGTYPE");
        assertThat(letter.path("payload").path("registration_id").asString()).isEqualTo(id);
        assertThat(redisHealth().path("status").asString()).isNotEqualTo("down");

        HttpResponse<String> replayed = service.post(
                "/ops/dead-letters/" + letter.path("id").asString() + "/replay",
                "{\"reason\":\"the key is a stream again\"}",
                "X-API-Key",
                Served.ADMIN_KEY);

        assertThat(replayed.statusCode()).as(replayed.body()).isEqualTo(200);
        Event event = stream.await(1, "poisoned").get(0);
        assertThat(event.id()).isEqualTo(letter.path("id").asString());
        assertThat(event.payload().path("registration_id").asString()).isEqualTo(id);
        assertThat(deadLetters().isEmpty()).isTrue();
    }

    @Test
    void operators_seeRedisAndItsQueue() throws Exception {
        JsonNode health = json(service.get("/health"));
        assertThat(health.path("features").toString()).isEqualTo("[\"redis\"]");
        assertThat(redisHealth().path("critical").asBoolean()).isFalse();
        await().atMost(Duration.ofSeconds(10)).until(() -> !queue().isMissingNode());
        JsonNode detailed = json(service.get("/health/detailed"));
        assertThat(detailed.path("queues").has("redis")).isTrue();
        assertThat(detailed.path("breakers").has("redis")).isTrue();
        assertThat(detailed.path("configuration")
                        .path("REDIS_CB_FAILURE_THRESHOLD")
                        .toString())
                .contains("3");
        assertThat(detailed.toString()).doesNotContain("of-redis");
        assertThat(json(service.get("/ops/breakers/redis")).path("dependency").asString())
                .isEqualTo("redis");
        Exposition metrics = new Exposition(service.get("/metrics").body());
        assertThat(metrics.value("mooring_outbox_pending", "destination", "redis"))
                .isNotNegative();
        assertThat(metrics.value("mooring_deliveries_total", "destination", "redis", "outcome", "delivered"))
                .isNotNegative();
    }

    @Test
    void redisCli_readsTheStream() throws Exception {
        register("stocked");
        stream.await(1, "stocked");
        Path cli = Path.of("/usr/bin/redis-cli");
        assumeTrue(Files.isExecutable(cli), "redis-cli is not installed");
        try (ChildProcess asked = ChildProcess.command(
                        cli.toString(), "-p", String.valueOf(redis.port()), "XRANGE", EventStream.DEFAULT, "-", "+")
                .environment(Map.of("REDISCLI_AUTH", "of-redis"))
                .start()) {
            assertThat(asked.awaitExit(Duration.ofSeconds(20))).isZero();
            assertThat(String.join("\n", asked.stdout()))
                    .contains("message_id\n", "model.registered\n", "\"name\": \"stocked\"");
        }
    }

    @Test
    void pythonOfTheGuide_readsTheStream() throws Exception {
        Optional<String> missing = MlflowInstallation.missing();
        assumeTrue(missing.isEmpty(), missing::toString);
        register("scripted");
        stream.await(1, "scripted");
        Path script = Path.of("../docs/how-to/read_events.py");
        List<String> python = PythonScript.in(script)
                .argument("--once")
                .environment("REDIS_HOST", redis.host())
                .environment("REDIS_PORT", String.valueOf(redis.port()))
                .environment("REDIS_PASSWORD", "of-redis")
                .run(Duration.ofSeconds(60));
        assertThat(python).contains("model.registered scripted version 1");
    }

    private static String alias(JsonNode payload) {
        return payload.path("alias").asString() + " " + payload.path("version").asString() + " from " + from(payload);
    }

    private static String stage(JsonNode payload) {
        return payload.path("version").asString() + " "
                + payload.path("from_stage").asString() + " → "
                + payload.path("stage").asString() + " from " + from(payload);
    }

    private static String from(JsonNode payload) {
        return payload.path("from_version").isNull()
                ? "-"
                : payload.path("from_version").asString();
    }

    private static List<JsonNode> promotions(List<Event> events) {
        return events.stream()
                .filter(event -> event.type().equals("model.promoted"))
                .map(Event::payload)
                .toList();
    }

    private static HttpResponse<String> register(String model) throws IOException {
        HttpResponse<String> answer = service.post(
                "/models/register", "{\"name\":\"" + model + "\",\"source\":\"s3://models/" + model + "\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return answer;
    }

    private static HttpResponse<String> promote(String model, String alias, long version) throws Exception {
        HttpResponse<String> answer =
                send("PUT", "/models/" + model + "/aliases/" + alias, "{\"version\":\"" + version + "\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    private static void rename(String from, String to) throws Exception {
        HttpResponse<String> answer = send(
                "POST", MLFLOW + "registered-models/rename", "{\"name\":\"" + from + "\",\"new_name\":\"" + to + "\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static void stage(long version, String stage, boolean archive) throws IOException {
        mlflow(
                "model-versions/transition-stage",
                "{\"name\":\"forest\",\"version\":\"" + version + "\",\"stage\":\"" + stage
                        + "\",\"archive_existing_versions\":" + archive + "}");
    }

    private static void mlflow(String call, String body) throws IOException {
        HttpResponse<String> answer = service.post(MLFLOW + call, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static HttpResponse<String> send(String method, String path, String body) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path))
                        .timeout(Duration.ofSeconds(10))
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static List<JsonNode> deadLetters() throws IOException {
        List<JsonNode> letters = new ArrayList<>();
        json(service.get("/ops/dead-letters", "X-API-Key", Served.ADMIN_KEY))
                .path("dead_letters")
                .forEach(letters::add);
        return letters;
    }

    private static long pending() throws IOException {
        return queue().path("pending").asLong(-1);
    }

    private static JsonNode queue() throws IOException {
        for (JsonNode queue : json(service.get("/ops/queues")).path("queues")) {
            if (queue.path("destination").asString().equals("redis")) {
                return queue;
            }
        }
        return JSON.missingNode();
    }

    private static void awaitRedis(String status) {
        await().atMost(Duration.ofSeconds(15))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> redisHealth().path("status").asString().equals(status));
    }

    private static JsonNode redisHealth() throws IOException {
        return json(service.get("/health")).path("dependencies").path("redis");
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }
}

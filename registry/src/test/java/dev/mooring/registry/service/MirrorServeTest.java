package dev.mooring.registry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mooring.testing.mlflow.MlflowInstallation;
import dev.mooring.testing.mlflow.TestMlflow;
import dev.mooring.testing.postgres.TestPostgres;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** The mirror of a real MLflow server: it follows every change, and answers as MLflow did once MLflow is away. */
@Tag("long")
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MirrorServeTest {
    private static final String DATABASE = "mlflow_db";
    private static final long SEED = 20_261_126;
    private static final int CHANGES = Integer.getInteger("mooring.mirror.changes", 40);
    private static final String PROMPTS = "tags.`mlflow.prompt.is_prompt` = 'true'";

    private static TestPostgres postgres;
    private static TestMlflow server;
    private static Served service;
    private static MirrorCalls throughService;
    private static MirrorCalls atMlflow;

    @BeforeAll
    static void start() throws Exception {
        Optional<String> missing = MlflowInstallation.missing();
        assumeTrue(missing.isEmpty(), missing::toString);
        postgres = TestPostgres.started();
        postgres.admin().createDatabase(DATABASE);
        server = TestMlflow.on(postgres);
        Map<String, String> variables = Served.variablesOf(postgres);
        variables.put("MLFLOW_TRACKING_URI", server.uri().toString());
        variables.put("MLFLOW_SYNC_INTERVAL", "1");
        variables.put("MLFLOW_TIMEOUT", "3");
        variables.put("HEALTH_CHECK_INTERVAL", "200ms");
        variables.put("HEALTH_CHECK_TIMEOUT", "2");
        service = Served.with(variables).awaitReady();
        throughService = new MirrorCalls("http://127.0.0.1:" + service.port());
        atMlflow = new MirrorCalls(server.uri().toString());
        awaitMlflow("up");
    }

    @AfterAll
    static void end() {
        List.<Optional<AutoCloseable>>of(
                        Optional.ofNullable(service), Optional.ofNullable(server), Optional.ofNullable(postgres))
                .forEach(one -> one.ifPresent(MirrorServeTest::close));
    }

    private static void close(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    @Order(1)
    void randomChanges_throughServiceAndAtMlflow_leaveAMirrorThatAnswersAsMlflowDid() throws Exception {
        MirrorScenario scenario =
                new MirrorScenario(Long.getLong("mooring.mirror.seed", SEED), throughService, atMlflow);
        long begun = System.nanoTime();
        assertThat(scenario.play(CHANGES)).isGreaterThan(CHANGES / 3);
        Served.measured(CHANGES + " changes", Served.since(begun), "no limit");
        awaitComparison();
        Served.measured("changes and comparison", Served.since(begun), "no limit");

        Map<Question, String> before = answers();
        assertThat(before).hasSizeGreaterThan(20);
        server.kill();
        awaitMlflow("down");

        before.forEach((question, answer) -> {
            HttpResponse<String> mirrored = question.ask(throughService);
            assertThat(mirrored.statusCode())
                    .as("%s: %s", question, mirrored.body())
                    .isEqualTo(200);
            assertThat(question.comparable(mirrored)).as("%s", question).isEqualTo(answer);
            assertThat(mirrored.headers().firstValue("Age")).as("%s", question).isPresent();
            assertThat(mirrored.headers().firstValue("Mooring-Degraded")).hasValue("mlflow");
        });
        assertThat(question("registered-models/get", "name", "never made").ask(throughService))
                .satisfies(MirrorServeTest::isUnknown);
        assertThat(question("registered-models/alias", "name", "churn", "alias", "absent")
                        .ask(throughService))
                .satisfies(MirrorServeTest::isUnknown);
        assertThat(question("registered-models/search", "filter", "nonsense")
                        .ask(throughService)
                        .statusCode())
                .isEqualTo(400);
        assertThat(question("registered-models/get").ask(throughService).statusCode())
                .isEqualTo(400);
        server.start();
        awaitMlflow("up");
    }

    private static void isUnknown(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValueAsLong("Retry-After").orElse(0)).isGreaterThanOrEqualTo(10);
        assertThat(answer.body()).contains("TEMPORARILY_UNAVAILABLE");
    }

    @Test
    @Order(2)
    void restReads_inAnOutage_areThoseOfBefore_andHistoryNamesWhoDidWhat() throws Exception {
        throughService.call("POST", "registered-models/create", Map.of("name", "rest"));
        throughService.call("POST", "model-versions/create", Map.of("name", "rest", "source", "s3://bucket/1"));
        atMlflow.call("POST", "model-versions/create", Map.of("name", "rest", "source", "s3://bucket/2"));
        throughService.call(
                "POST", "registered-models/alias", Map.of("name", "rest", "alias", "champion", "version", "1"));
        atMlflow.call("POST", "registered-models/alias", Map.of("name", "rest", "alias", "champion", "version", "2"));
        awaitComparison();
        List<String> paths = List.of(
                "/models/rest",
                "/models/rest/versions",
                "/models/rest/versions/2",
                "/models?prefix=re",
                "/models/rest/history");
        Map<String, String> before = new LinkedHashMap<>();
        for (String path : paths) {
            HttpResponse<String> answer = throughService.plain(path);
            assertThat(answer.statusCode()).as("%s %s", path, answer.body()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Mooring-Degraded")).as(path).isEmpty();
            before.put(path, answer.body());
        }
        // A change that was made at MLflow has the time at which the mirror found it: before the promotion or after it.
        assertThat(events(before.get("/models/rest/history")))
                .startsWith("promoted 2 mlflow")
                .endsWith("registered 1 admin", "created - admin")
                .containsExactlyInAnyOrder(
                        "promoted 2 mlflow",
                        "registered 2 mlflow",
                        "promoted 1 admin",
                        "registered 1 admin",
                        "created - admin");

        server.freeze();
        long begun = System.nanoTime();
        FutureTask<HttpResponse<String>> passedOn =
                new FutureTask<>(() -> throughService.plain("/api/2.0/mlflow/registered-models/get?name=rest"));
        new Thread(passedOn, "read-of-a-frozen-mlflow").start();
        HttpResponse<String> first = throughService.plain("/models/rest");
        assertThat(Served.since(begun)).isLessThan(Duration.ofSeconds(4));
        assertThat(first.body()).isEqualTo(before.get("/models/rest"));
        assertThat(first.headers().firstValue("Age")).isPresent();
        HttpResponse<String> mirrored = passedOn.get(10, TimeUnit.SECONDS);
        assertThat(mirrored.statusCode()).as(mirrored.body()).isEqualTo(200);
        assertThat(mirrored.headers().firstValue("Mooring-Degraded")).contains("mlflow");
        awaitMlflow("down");
        for (String path : paths) {
            HttpResponse<String> answer = throughService.plain(path);
            assertThat(answer.body()).as(path).isEqualTo(before.get(path));
            assertThat(answer.headers().firstValue("Age")).as(path).isPresent();
        }
        assertThat(throughService.plain("/models/never").statusCode()).isEqualTo(503);
        server.thaw();
        awaitMlflow("up");
    }

    @Test
    @Order(3)
    void modelThatTheServiceItselfRegistered_isKnownWhenMlflowStopsAtOnce() throws Exception {
        awaitComparison();
        for (String model : List.of("theta", "iota")) {
            HttpResponse<String> registered = model.equals("theta")
                    ? service.post(
                            "/models/register",
                            "{\"name\":\"theta\",\"source\":\"s3://bucket/theta\",\"metrics\":{\"auc\":0.9}}",
                            "X-API-Key",
                            Served.ADMIN_KEY)
                    : throughMlflowsPaths(model);
            server.freeze();
            assertThat(registered.statusCode()).as(registered.body()).isIn(200, 201);

            for (String path : List.of(
                    "/models",
                    "/models?prefix=" + model,
                    "/models/" + model,
                    "/models/" + model + "/versions",
                    "/models/" + model + "/versions/1")) {
                HttpResponse<String> answer = throughService.plain(path);
                assertThat(answer.statusCode()).as("%s %s", path, answer.body()).isEqualTo(200);
                assertThat(answer.body()).as(path).contains(model);
                assertThat(answer.headers().firstValue("Age")).as(path).isPresent();
            }
            awaitMlflow("down");
            HttpResponse<String> found = question("registered-models/search").ask(throughService);
            assertThat(found.body()).contains("\"" + model + "\"");
            HttpResponse<String> history = throughService.plain("/models/" + model + "/history");
            assertThat(history.headers().firstValue("Mooring-Degraded")).hasValue("mlflow");
            server.thaw();
            awaitMlflow("up");
            awaitComparison();
        }
        Question theta = question("registered-models/get", "name", "theta");
        assertThat(theta.comparable(theta.ask(throughService))).isEqualTo(theta.comparable(theta.ask(atMlflow)));
    }

    @Test
    @Order(4)
    void modelOfWhichOnlyAVersionIsKnown_hidesNoOtherInTheList() throws Exception {
        awaitComparison();
        atMlflow.call("POST", "registered-models/create", Map.of("name", "kappa"));
        HttpResponse<String> made = throughService.call(
                "POST", "model-versions/create", Map.of("name", "kappa", "source", "s3://bucket/kappa"));
        server.freeze();
        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);

        HttpResponse<String> list = throughService.plain("/models");
        assertThat(list.statusCode()).as(list.body()).isEqualTo(200);
        assertThat(list.body()).contains("\"theta\"", "\"kappa\"");
        assertThat(throughService.plain("/models/kappa/versions/1").statusCode())
                .isEqualTo(200);
        server.thaw();
        awaitMlflow("up");
    }

    private static HttpResponse<String> throughMlflowsPaths(String model) throws Exception {
        throughService.call("POST", "registered-models/create", Map.of("name", model));
        return throughService.call(
                "POST", "model-versions/create", Map.of("name", model, "source", "s3://bucket/" + model));
    }

    private static List<String> events(String history) {
        JsonNode entries = MirrorCalls.parsed(history).path("entries");
        return entries.valueStream()
                .map(entry -> entry.path("action").asString("") + " "
                        + entry.path("version").asString("-") + " "
                        + entry.path("actor").asString(""))
                .toList();
    }

    /** Waits until a comparison that began after now is complete, and no model is in doubt. */
    private static void awaitComparison() throws Exception {
        String now = postgres.admin().ask(DATABASE, "select clock_timestamp()");
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> postgres.admin()
                        .ask(
                                DATABASE,
                                "select count(*) from mooring.mirror_sync where complete_at > '" + now + "'"
                                        + " and not exists (select from mooring.mirror_doubt where due_at <= clock_timestamp())"
                                        + " and not exists (select from mooring.model_version where source like 'models:%'"
                                        + " and download_source is null)")
                        .equals("1"));
    }

    /** What MLflow answers to every read about everything that it has. */
    private static Map<Question, String> answers() throws Exception {
        Map<Question, String> answers = new LinkedHashMap<>();
        for (String search : List.of("registered-models/search", "model-versions/search")) {
            keep(answers, question(search));
            keep(answers, question(search, "filter", PROMPTS));
            keep(answers, question(search, "filter", "tags.k0 = 'x0'", "max_results", "2"));
            keep(answers, question(search, "filter", "name LIKE '%r%'", "order_by", "last_updated_timestamp DESC"));
        }
        for (String name : MirrorScenario.NAMES) {
            HttpResponse<String> model =
                    question("registered-models/get", "name", name).ask(atMlflow);
            if (model.statusCode() == 200) {
                keep(answers, question("registered-models/get", "name", name));
                keep(answers, question("registered-models/get-latest-versions", "name", name));
                for (JsonNode alias :
                        MirrorCalls.json(model).path("registered_model").path("aliases")) {
                    keep(
                            answers,
                            question(
                                    "registered-models/alias",
                                    "name",
                                    name,
                                    "alias",
                                    alias.path("alias").asString()));
                }
                for (int version = 1; version < 40; version++) {
                    keep(answers, question("model-versions/get", "name", name, "version", "" + version));
                    keep(answers, question("model-versions/get-download-uri", "name", name, "version", "" + version));
                }
            }
        }
        return answers;
    }

    private static void keep(Map<Question, String> answers, Question question) {
        HttpResponse<String> answer = question.ask(atMlflow);
        if (answer.statusCode() == 200) {
            answers.put(question, question.comparable(answer));
        }
    }

    private static Question question(String endpoint, String... parameters) {
        Map<String, String> query = new LinkedHashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            query.put(parameters[i], parameters[i + 1]);
        }
        return new Question(endpoint, query);
    }

    private record Question(String endpoint, Map<String, String> query) {
        String comparable(HttpResponse<String> answer) {
            return MirrorCalls.comparable(answer.body(), endpoint.endsWith("search"));
        }

        HttpResponse<String> ask(MirrorCalls server) {
            try {
                return server.get(endpoint, query);
            } catch (Exception failed) {
                throw new AssertionError(this + " got no answer", failed);
            }
        }
    }

    private static void awaitMlflow(String status) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> service.get("/health").body().contains("\"mlflow\":{\"status\":\"" + status + "\""));
    }
}

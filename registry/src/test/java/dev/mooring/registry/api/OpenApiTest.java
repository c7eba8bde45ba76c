package dev.mooring.registry.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.operations.access.ScopeRules;
import dev.mooring.registry.mlflow.MlflowPath;
import dev.mooring.registry.service.InProcess;
import dev.mooring.spring.problem.ErrorForm;
import dev.mooring.testing.postgres.TestPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The description of all calls: complete, as the code is, compatible with the last release, and true of the running service. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OpenApiTest {
    private static final Path KEPT = Path.of("src/main/resources/openapi.json");
    private static final Path RELEASED = Path.of("src/test/resources/openapi-released.json");
    /** Answered by filters, so that no handler has them. */
    private static final Set<String> OF_FILTERS =
            HealthCalls.ALL.stream().map(Call::key).collect(Collectors.toSet());

    private static final long SEED = Long.getLong("mooring.api.seed", 20261126);
    private static final int REQUESTS = Integer.getInteger("mooring.api.requests", 1_000);

    private static TestPostgres postgres;
    private static InProcess service;
    private static Handlers handlers;
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeAll
    static void start() throws Exception {
        postgres = TestPostgres.started();
        postgres.admin().createDatabase("mlflow_db");
        service = InProcess.on(postgres, Map.of("STARTUP_WAIT", "exit"));
        handlers = new Handlers(service.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class));
    }

    @AfterAll
    static void end() {
        service.close();
        postgres.close();
    }

    @Test
    void description_isWhatTheCodeGenerates() throws Exception {
        String generated = new Description(Calls.ALL, handlers.answers(), service.bean(ScopeRules.class)).text();
        if (Boolean.getBoolean("mooring.regenerate")) {
            Files.writeString(KEPT, generated);
        }

        assertThat(Files.readString(KEPT))
                .as("CONTRIBUTING says how to write it anew")
                .isEqualTo(generated);
    }

    @Test
    void everyHandler_isDescribed_withAllItsParameters() {
        Set<String> described = Calls.ALL.stream().map(Call::key).collect(Collectors.toCollection(TreeSet::new));
        assertThat(handlers.calls()).allMatch(call -> described.contains(call) || isOfMlflow(call));
        described.removeAll(handlers.calls());
        assertThat(described).as("described, but no handler has them").isSubsetOf(withoutHandler());
        for (Call call : Calls.ALL) {
            Set<String> parameters = call.parameters().stream()
                    .map(one -> one.in() + " " + one.name())
                    .collect(Collectors.toSet());
            if (!withoutHandler().contains(call.key())) {
                assertThat(parameters).as(call.toString()).isEqualTo(handlers.parameters(call));
            }
        }
    }

    private static boolean isOfMlflow(String call) {
        return MlflowPath.ROOTS.stream()
                .anyMatch(root -> call.substring(call.indexOf(' ') + 1).startsWith(root));
    }

    /** Calls without a handler of their own: filters answer them, or one handler answers all of MLflow's. */
    private static Set<String> withoutHandler() {
        Set<String> all = new TreeSet<>(OF_FILTERS);
        all.add("GET /metrics");
        MlflowCalls.ALL.forEach(call -> all.add(call.key()));
        return all;
    }

    @Test
    void description_breaksNoClientOfTheLastRelease() throws Exception {
        JsonNode released = JsonMapper.shared().readTree(Files.readString(RELEASED));
        JsonNode now = JsonMapper.shared().readTree(Files.readString(KEPT));

        assertThat(Breakages.between(released, now)).isEmpty();
    }

    /** As the real server has them: a generated client that uploads JSON, or takes a list for a file, is of no use. */
    @Test
    void callsThatGoOnToMlflow_areDescribedAsMlflowAnswersThem() throws Exception {
        JsonNode paths = JsonMapper.shared().readTree(Files.readString(KEPT)).path("paths");
        JsonNode artifact = paths.path("/api/2.0/mlflow-artifacts/artifacts/{path}");
        String bytes = "application/octet-stream";
        assertThat(artifact.at("/put/requestBody/content").propertyNames()).containsExactly(bytes);
        assertThat(artifact.at("/put/responses/200").has("content")).isFalse();
        assertThat(artifact.at("/get/responses/200/content").propertyNames()).containsExactly(bytes);
        assertThat(artifact.at("/delete/requestBody/required").asBoolean()).isFalse();
        assertThat(paths.at("/~1api~12.0~1mlflow-artifacts~1artifacts/get/responses/200/$ref")
                        .asString())
                .endsWith("/MlflowAnswer");
        assertThat(paths.has("/api/2.0/mlflow/upload-artifact")).isFalse();
        assertThat(paths.at("/~1ajax-api~12.0~1mlflow~1upload-artifact/post/requestBody/content")
                        .propertyNames())
                .containsExactly(bytes);
        JsonNode alias = paths.at("/~1api~12.0~1mlflow~1registered-models~1alias/post/requestBody/content");
        assertThat(alias.at("/application~1json/schema/required").valueStream().map(JsonNode::asString))
                .containsExactly("name", "alias", "version");
    }

    @Test
    void descriptionAndPage_needNoKey() throws Exception {
        HttpResponse<String> description = get("/openapi.json");
        assertThat(description.body()).isEqualTo(Files.readString(KEPT));
        assertThat(description.headers().firstValue("Content-Type")).contains("application/json");

        HttpResponse<String> page = get("/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=UTF-8");
        assertThat(page.body()).contains("href=\"openapi.json\"", "href=\"health\"", "href=\"errors\"", "docs");
    }

    @Test
    void problem_leadsToTheExplanationOfItsCode_withoutKey() throws Exception {
        JsonNode problem = JsonMapper.shared().readTree(get("/models").body());
        assertThat(problem.get("code").asString()).isEqualTo("unauthorized");

        HttpResponse<String> explanation = get(problem.get("type").asString());
        assertThat(explanation.statusCode()).isEqualTo(200);
        assertThat(explanation.headers().firstValue("Content-Type")).contains("text/plain;charset=UTF-8");
        assertThat(explanation.body())
                .startsWith("unauthorized\n\nStatus 401. ")
                .contains("X-API-Key");
        assertThat(get("/errors/mlflow_unavailable").body()).startsWith("mlflow_unavailable\n\nStatus 503. ");

        HttpResponse<String> unknown = get("/errors/no_such_code");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("\"type\":\"/errors/not_found\"", "GET /errors ");
        assertThat(get("/errors").body())
                .startsWith("# Error codes")
                .contains("## mlflow_redirects", "TEMPORARILY_UNAVAILABLE");
    }

    /** Every answer is one that the description knows, and none is a defect of the service. */
    @Test
    void randomRequests_getAnswersThatAreDescribed_andNo500() throws Exception {
        JsonNode document = JsonMapper.shared().readTree(Files.readString(KEPT));
        Random random = new Random(SEED);
        RandomRequest requests = new RandomRequest(random, document.at("/components/schemas"));
        List<Operation> operations = Operation.of(document, service.has(ErrorForm.class));
        List<String> mistakes = new ArrayList<>();
        Map<Integer, Integer> statuses = new TreeMap<>();
        for (int i = 0; i < REQUESTS; i++) {
            Operation operation = operations.get(random.nextInt(operations.size()));
            HttpRequest request = requests.of(service.port(), operation, InProcess.ADMIN_KEY);
            HttpResponse<String> answer =
                    CLIENT.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (operation.isOrder() && answer.statusCode() == 200) {
                reset(request.uri().getPath());
            }
            statuses.merge(answer.statusCode(), 1, Integer::sum);
            Conformance.mistakes(document, operation.described(), answer)
                    .forEach(mistake -> mistakes.add(request.method() + " " + request.uri() + ": " + mistake));
        }
        System.out.println("random requests, seed " + SEED + ": " + statuses);
        assertThat(mistakes).as("seed " + SEED).isEmpty();
        assertThat(statuses).containsKeys(200, 404, 422);
    }

    /** Takes an order back, so that the requests after it find the service as it was. */
    private static void reset(String order) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + service.port() + order.replaceAll("/[a-z]+$", "/reset"));
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + InProcess.ADMIN_KEY)
                .header("Content-Type", Call.JSON)
                .POST(HttpRequest.BodyPublishers.ofString("{\"reason\":\"end of a random order\"}"))
                .build();
        assertThat(CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
    }

    private static HttpResponse<String> get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path))
                .build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }
}

package dev.mooring.registry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.testing.http.ScriptedServer;
import dev.mooring.testing.mlflow.TestMlflow;
import dev.mooring.testing.postgres.TestPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service with a database, a real MLflow server and an auth service that are well; ten minutes with {@code -Dmooring.normal-operation=PT10M}. */
@Tag("alone")
@Timeout(value = 720, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NormalOperationServeTest {
    private static final Duration LASTS = Duration.parse(System.getProperty("mooring.normal-operation", "PT15S"));
    private static final String[] KEY = {"Authorization", "Bearer key-of-a-data-scientist"};
    private static final int CLIENTS = 2;

    private static TestPostgres postgres;
    private static TestMlflow mlflow;
    private static ScriptedServer auth;
    private static Served service;

    private final Map<Integer, Long> statuses = new ConcurrentSkipListMap<>();
    private final ScheduledExecutorService clients = Executors.newScheduledThreadPool(CLIENTS);

    @BeforeAll
    static void serve() throws Exception {
        postgres = TestPostgres.started();
        postgres.admin().createDatabase("mlflow_db");
        mlflow = TestMlflow.on(postgres);
        auth = ScriptedServer.start();
        auth.answers(
                (request, reply) -> reply.json(
                        200,
                        "{\"user_id\":\"u\",\"key_id\":\"k\",\"service_id\":\"models\",\"scopes\":[\"models:read\",\"models:write\"]}"));
        Map<String, String> variables = Served.variablesOf(postgres);
        variables.put("MLFLOW_TRACKING_URI", mlflow.uri().toString());
        variables.put("AUTH_SERVICE_URL", auth.uri().toString());
        variables.put("AUTH_SERVICE_ID", "models");
        // The auth service is asked all the time.
        variables.put("AUTH_CACHE_TTL", "1");
        service = Served.with(variables).awaitReady();
    }

    @AfterAll
    static void end() {
        assertThat(service.stop()).as("exit code").isZero();
        auth.close();
        mlflow.close();
        postgres.close();
    }

    @AfterEach
    void endClients() throws InterruptedException {
        clients.shutdown();
        assertThat(clients.awaitTermination(15, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void normalOperation_isToldHealthyAndOpensNoBreaker() throws Exception {
        clientsCallAllTheTime();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> breakers().keySet().containsAll(Set.of("database", "mlflow", "auth"))
                        && breakers().values().stream().allMatch(told -> told.startsWith("CLOSED")));
        Map<String, String> before = breakers();
        statuses.clear();
        HealthPoll poll = HealthPoll.of(service);
        long begun = System.nanoTime();
        await().atMost(LASTS.plusSeconds(10)).until(() -> Served.since(begun).compareTo(LASTS) >= 0);
        poll.close();

        System.out.printf(
                Locale.ROOT,
                "measured healthy answers in %d s of normal operation: %.2f %% of %d (at least 99 %%), calls by status %s%n",
                LASTS.toSeconds(),
                poll.share("200 healthy"),
                poll.count(),
                statuses);
        assertThat(breakers()).isEqualTo(before);
        assertThat(poll.share("200 healthy")).isGreaterThanOrEqualTo(99);
        assertThat(statuses).containsOnlyKeys(200, 201);
    }

    /** The state of each breaker and since when, by dependency. */
    private static Map<String, String> breakers() throws IOException {
        JsonNode listed = JsonMapper.shared()
                .readTree(service.get("/ops/breakers", "Authorization", "Bearer " + Served.ADMIN_KEY)
                        .body());
        Map<String, String> told = new TreeMap<>();
        listed.path("breakers")
                .forEach(breaker -> told.put(
                        breaker.path("dependency").asString(),
                        breaker.path("state").asString() + " since "
                                + breaker.path("since").asString()));
        return told;
    }

    /** Each registers a version, reads it back and searches through MLflow's API, some ten times a second, until the test ends. */
    private void clientsCallAllTheTime() {
        for (int client = 0; client < CLIENTS; client++) {
            String name = "client-" + client;
            clients.scheduleWithFixedDelay(() -> registerReadAndSearch(name), 0, 100, TimeUnit.MILLISECONDS);
        }
    }

    private void registerReadAndSearch(String name) {
        count(() -> service.post("/models/register", "{\"name\":\"" + name + "\",\"source\":\"s3://models/1\"}", KEY));
        for (String path : List.of("/models/" + name, "/api/2.0/mlflow/registered-models/search?max_results=1")) {
            count(() -> service.get(path, KEY));
        }
    }

    private void count(Call call) {
        int status;
        try {
            status = call.make().statusCode();
        } catch (IOException noAnswer) {
            status = 0;
        }
        statuses.merge(status, 1L, Long::sum);
    }

    @FunctionalInterface
    private interface Call {
        HttpResponse<String> make() throws IOException;
    }
}

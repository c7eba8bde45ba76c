package dev.mooring.registry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.testing.postgres.TestPgBouncer;
import dev.mooring.testing.postgres.TestPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import tools.jackson.databind.json.JsonMapper;

/** The service behind PgBouncer. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@EnabledIf("dev.mooring.testing.postgres.TestPgBouncer#isInstalled")
class PoolerServeTest {
    private static final int CLIENTS = 10;
    private static final int EACH = 100;
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String[] ADMIN = {"X-API-Key", Served.ADMIN_KEY};

    private final Set<String> answered = ConcurrentHashMap.newKeySet();
    private final Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
    private TestPostgres postgres;

    @BeforeEach
    void startServer() throws Exception {
        postgres = TestPostgres.started();
        postgres.admin().createDatabase("mlflow_db");
    }

    @AfterEach
    void endServer() {
        postgres.close();
    }

    @Test
    @Tag("long")
    void thousandRegistrations_throughATransactionPooler_areAllThere() throws Exception {
        try (TestPgBouncer pooler = pooler(TestPgBouncer.Mode.TRANSACTION);
                Served one = served(pooler, Map.of("DATABASE_DIRECT_HOST", postgres.host() + ":" + postgres.port()));
                Served other =
                        served(pooler, Map.of("DATABASE_DIRECT_HOST", postgres.host() + ":" + postgres.port()))) {
            one.awaitReady();
            other.awaitReady();

            registerFromManyClients(one, other);

            System.out.println("answers by status behind a transaction pooler: " + statuses);
            assertThat(statuses).containsOnly(Map.entry(201, CLIENTS * EACH));
            assertThat(answered).hasSize(CLIENTS * EACH);
            assertThat(idsInTheTable()).isEqualTo(answered);
            assertThat(one.get("/health").body()).contains("\"status\":\"healthy\"");
            assertThat(other.get("/health").body()).contains("\"status\":\"healthy\"");
            HttpResponse<String> key = one.post("/ops/keys", "{\"name\":\"ci\",\"scopes\":[\"models:read\"]}", ADMIN);
            assertThat(key.statusCode()).as(key.body()).isEqualTo(201);
            String[] read = {"X-API-Key", JSON.readTree(key.body()).path("key").asString()};
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> other.get("/models", read).statusCode() == 200);
        }
    }

    @Test
    @Tag("long")
    void transactionPooler_withoutTheServersOwnAddress_isNotReady_andSaysWhatToSet() throws Exception {
        try (TestPgBouncer pooler = pooler(TestPgBouncer.Mode.TRANSACTION);
                Served service = served(pooler, Map.of()).awaitLive()) {
            service.process().awaitLine("set DATABASE_DIRECT_HOST to", Duration.ofSeconds(30));

            assertThat(service.get("/health/ready").statusCode()).isEqualTo(503);
            assertThat(service.post("/models/register", model(0), ADMIN).statusCode())
                    .isEqualTo(503);
            assertThat(postgres.admin().ask("mlflow_db", "select to_regnamespace('mooring') is null"))
                    .isEqualTo("t");
        }
    }

    @Test
    @Tag("long")
    void registrations_throughASessionPooler_areAllThere() throws Exception {
        try (TestPgBouncer pooler = pooler(TestPgBouncer.Mode.SESSION);
                Served one = served(pooler, Map.of()).awaitReady()) {
            registerFromManyClients(one, one);

            assertThat(statuses).containsOnly(Map.entry(201, CLIENTS * EACH));
            assertThat(idsInTheTable()).isEqualTo(answered);
            assertThat(one.get("/health").body()).contains("\"status\":\"healthy\"");
        }
    }

    private TestPgBouncer pooler(TestPgBouncer.Mode mode) {
        int processes = mode == TestPgBouncer.Mode.TRANSACTION ? 5 : 60;
        return TestPgBouncer.before(
                postgres,
                mode,
                processes,
                Map.of(postgres.admin().user(), postgres.admin().password()));
    }

    private Served served(TestPgBouncer pooler, Map<String, String> more) {
        Map<String, String> variables = Served.variablesOf(postgres);
        variables.put("DATABASE_PORT", String.valueOf(pooler.port()));
        variables.putAll(more);
        return Served.with(variables);
    }

    private void registerFromManyClients(Served one, Served other) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Callable<Void>> clients = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                Served service = client % 2 == 0 ? one : other;
                int number = client;
                clients.add(() -> register(service, number));
            }
            for (var client : threads.invokeAll(clients, 120, TimeUnit.SECONDS)) {
                client.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Reads between its registrations, as clients do: reads are transactions of another kind. */
    private Void register(Served service, int client) throws IOException {
        for (int number = 0; number < EACH; number++) {
            HttpResponse<String> answer = service.post("/models/register", model(client), ADMIN);
            statuses.merge(answer.statusCode(), 1, Integer::sum);
            if (answer.statusCode() == 201) {
                answered.add(
                        JSON.readTree(answer.body()).path("registration_id").asString());
            }
            assertThat(service.get("/models/model-" + client % 5 + "/versions?limit=2", ADMIN)
                            .statusCode())
                    .isEqualTo(200);
        }
        return null;
    }

    private static String model(int client) {
        return "{\"name\":\"model-" + client % 5 + "\",\"source\":\"s3://models/" + client + "\"}";
    }

    private Set<String> idsInTheTable() throws SQLException {
        Set<String> ids = new HashSet<>();
        try (Connection connection = postgres.admin().connect("mlflow_db");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select registration_id::text from mooring.registration")) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        }
        return ids;
    }
}

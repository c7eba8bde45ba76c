package dev.mooring.registry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.testing.postgres.TestPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The service by its process, on a database that is made anew or changed under it, or that refuses the schema. */
@Tag("long")
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DatabaseChangesServeTest {
    private static final String MODEL = "{\"name\":\"churn\",\"source\":\"s3://models/churn/7\"}";
    private static final Duration SOON = Duration.ofSeconds(20);

    /** What the pages promise: a probe is at most 2 s away. */
    private static final Duration NOTICED = Duration.ofSeconds(5);

    private static TestPostgres postgres;

    @BeforeAll
    static void startServer() {
        postgres = TestPostgres.started();
    }

    @AfterAll
    static void endServer() {
        postgres.close();
    }

    @Test
    void databaseMadeAnew_isMigratedAndNoCallIsAnswered500() throws Exception {
        postgres.admin().createDatabase("anew");
        try (Served service = Served.with(variables("anew")).awaitReady();
                Caller caller = new Caller(service)) {
            assertThat(register(service).statusCode()).isEqualTo(201);
            postgres.admin().dropDatabase("anew");
            service.awaitStatus("/health/ready", 503);

            postgres.admin().createDatabase("anew");

            service.awaitReady();
            assertThat(register(service).statusCode()).isEqualTo(201);
            await().atMost(SOON).until(() -> service.get("/health").body().contains("\"status\":\"healthy\""));
            assertThat(caller.seen()).contains(200, 503).isSubsetOf(200, 404, 503);
        }
    }

    @Test
    void schemaDropped_isMadeAgainAndNoCallIsAnswered500() throws Exception {
        postgres.admin().createDatabase("dropped");
        try (Served service = Served.with(variables("dropped")).awaitReady();
                Caller caller = new Caller(service)) {
            assertThat(register(service).statusCode()).isEqualTo(201);
            postgres.admin().execute("dropped", "drop schema mooring cascade");

            await().atMost(SOON).until(() -> register(service).statusCode() == 201);
            service.awaitReady();
            assertThat(caller.seen()).isSubsetOf(200, 404, 503);
        }
    }

    @Test
    void columnThatIsMissing_isToldByCallsAndByHealthUntilItIsBack() throws Exception {
        postgres.admin().createDatabase("column");
        try (Served service = Served.with(variables("column")).awaitReady()) {
            postgres.admin().execute("column", "alter table mooring.model rename column updated_at to hidden");

            HttpResponse<String> answer = service.get("/models", "X-API-Key", Served.ADMIN_KEY);

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body())
                    .as("a call before or after the next probe")
                    .containsAnyOf("\"code\":\"schema_missing\"", "\"code\":\"database_unavailable\"");
            String lacks = "starting: schema failed: schema mooring lacks column updated_at of model";
            await().atMost(SOON).until(() -> service.get("/health").body().contains(lacks));
            for (String path : new String[] {"/health", "/health/ready"}) {
                HttpResponse<String> health = service.get(path);
                assertThat(health.statusCode()).as(path).isEqualTo(503);
                assertThat(health.body()).as(path).contains("database: schema_missing since", lacks);
            }

            postgres.admin().execute("column", "alter table mooring.model rename column hidden to updated_at");
            service.awaitReady();
            assertThat(service.get("/models", "X-API-Key", Served.ADMIN_KEY).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void startTaskThatFails_namesItsCauseInBothHealthPaths() throws Exception {
        postgres.admin().createDatabase("refusing");
        postgres.admin().execute("refusing", "create schema mooring; create table mooring.model (name text)");
        try (Served service = Served.with(variables("refusing")).awaitLive()) {
            String cause = "schema failed: ";
            await().atMost(SOON).until(() -> service.get("/health").body().contains(cause));

            for (String path : new String[] {"/health", "/health/ready"}) {
                HttpResponse<String> answer = service.get(path);
                assertThat(answer.statusCode()).as(path).isEqualTo(503);
                assertThat(answer.body())
                        .as(path)
                        .contains("starting: schema failed: schema mooring: ", "it holds tables but no history")
                        .doesNotContain("\\n", "Flyway", "flyway", "baseline");
            }
        }
    }

    @Test
    void rightThatIsRevoked_isToldWithAndWithoutCalls_andOverWhenItIsGranted() throws Exception {
        postgres.admin().createRole("ordinary", "its-password");
        postgres.admin().createDatabase("rights", "ordinary");
        Map<String, String> variables = variables("rights");
        variables.put("DATABASE_USER", "ordinary");
        variables.put("DATABASE_PASSWORD", "its-password");
        try (Served service = Served.with(variables).awaitReady()) {
            assertThat(register(service).statusCode()).isEqualTo(201);
            for (String right : new String[] {
                "select on mooring.model",
                "all on all tables in schema mooring",
                "all on schema mooring",
                "select on mooring.audit_entry"
            }) {
                postgres.admin().execute("rights", "revoke " + right + " from ordinary");
                await().atMost(NOTICED).until(() -> service.status("/health/ready") == 503);
                assertThat(service.get("/health").body()).as(right).contains("\"error\":\"permission_denied\"");
                HttpResponse<String> call = service.get("/models", "X-API-Key", Served.ADMIN_KEY);
                assertThat(call.body()).contains("\"kind\":\"permission_denied\"");

                postgres.admin().execute("rights", "grant " + right + " to ordinary");
                awaitHealthy(service);
            }
            for (String right : new String[] {"insert", "update", "delete"}) {
                postgres.admin().execute("rights", "revoke " + right + " on mooring.model_alias from ordinary");
                await().atMost(NOTICED)
                        .until(() -> service.get("/health").body().contains("\"degraded\""));
                assertThat(service.get("/health/detailed", "X-API-Key", Served.ADMIN_KEY)
                                .body())
                        .as(right)
                        .containsPattern("ordinary may not " + right + "( into| from)? mooring.model_alias; grant");
                assertThat(service.status("/health/ready")).isEqualTo(200);

                postgres.admin().execute("rights", "grant " + right + " on mooring.model_alias to ordinary");
                awaitHealthy(service);
            }
        }
    }

    private static void awaitHealthy(Served service) {
        await().atMost(SOON).until(() -> service.get("/health").body().contains("\"status\":\"healthy\""));
        assertThat(service.status("/health/ready")).isEqualTo(200);
    }

    private static HttpResponse<String> register(Served service) throws IOException {
        return service.post("/models/register", MODEL, "X-API-Key", Served.ADMIN_KEY);
    }

    private static Map<String, String> variables(String database) {
        Map<String, String> variables = Served.variablesOf(postgres);
        variables.put("DATABASE_NAME", database);
        return variables;
    }

    /** Asks for the models some two hundred times a second, and remembers each status. */
    private static final class Caller implements AutoCloseable {
        private static final long PAUSE_NANOS = 2_000_000;

        private final AtomicBoolean over = new AtomicBoolean();
        private final Set<Integer> seen = ConcurrentHashMap.newKeySet();
        private final Thread thread;

        Caller(Served service) {
            thread = new Thread(() -> {
                while (!over.get()) {
                    call(service);
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            });
            thread.start();
        }

        private void call(Served service) {
            try {
                seen.add(service.get("/models", "X-API-Key", Served.ADMIN_KEY).statusCode());
                seen.add(
                        service.get("/ops/audit", "X-API-Key", Served.ADMIN_KEY).statusCode());
            } catch (IOException cut) {
                seen.add(0);
            }
        }

        Set<Integer> seen() {
            return Set.copyOf(seen);
        }

        @Override
        public void close() throws InterruptedException {
            over.set(true);
            thread.join();
        }
    }
}

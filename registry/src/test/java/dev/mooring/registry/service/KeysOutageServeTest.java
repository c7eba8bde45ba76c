package dev.mooring.registry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.testing.postgres.TestPostgres;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Keys while the database is away. */
@Tag("long")
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KeysOutageServeTest {
    private static final String OPERATOR =
            "{\"name\":\"night shift\",\"scopes\":[\"ops:read\",\"ops:act\",\"models:read\"]}";

    private static TestPostgres postgres;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() throws Exception {
        postgres = TestPostgres.started();
        postgres.admin().createDatabase("mlflow_db");
    }

    @AfterAll
    static void end() {
        postgres.close();
    }

    @Test
    void keyWithOpsScopes_databaseFrozen_isStillKnown() throws Exception {
        try (Served service = Served.with(variables()).awaitReady()) {
            String key = make(service);
            postgres.freeze();
            try {
                service.awaitStatus("/health/ready", 503);

                assertThat(service.get("/health/detailed", "X-API-Key", key).statusCode())
                        .isEqualTo(200);
                assertThat(service.get("/models", "X-API-Key", key).body()).contains("database_unavailable");
                assertThat(service.post("/models/register", "{}", "X-API-Key", key)
                                .statusCode())
                        .as("known, and without the scope")
                        .isEqualTo(403);
                assertRefusedAtOnce(service, key);
            } finally {
                postgres.thaw();
            }
            service.awaitReady();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> service.post("/ops/keys", OPERATOR, "X-API-Key", key)
                                    .statusCode()
                            == 201);
        }
    }

    private static void assertRefusedAtOnce(Served service, String key) throws Exception {
        for (int warmUp = 0; warmUp < 5; warmUp++) {
            service.post("/ops/keys", OPERATOR, "X-API-Key", key);
        }
        long asked = System.nanoTime();
        HttpResponse<String> refused = service.post("/ops/keys", OPERATOR, "X-API-Key", key);
        Duration took = Served.since(asked);
        Served.measured("making a key refused while the database is frozen", took, "500 ms");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("\"code\":\"database_unavailable\"");
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(took).isLessThan(Duration.ofMillis(500));
        assertThat(service.get("/ops/keys", "X-API-Key", key).statusCode()).isEqualTo(503);
        assertThat(service.delete("/ops/keys/0198c1d2-0000-7000-8000-000000000000", "X-API-Key", key)
                        .statusCode())
                .isEqualTo(503);
    }

    @Test
    void start_withoutTheDatabase_knowsTheAdminKeyOnlyAndSaysSoOfOthers() throws Exception {
        String key;
        try (Served before = Served.with(variables()).awaitReady()) {
            key = make(before);
            before.stop();
        }
        postgres.stop();
        try (Served service = Served.with(variables()).awaitLive()) {
            HttpResponse<String> undecided = service.get("/health/detailed", "X-API-Key", key);

            assertThat(undecided.statusCode()).isEqualTo(503);
            assertThat(undecided.body()).contains("database_unavailable", "Only ADMIN_API_KEY works until then");
            assertThat(service.get("/health/detailed", "X-API-Key", Served.ADMIN_KEY)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(service.get("/health/detailed", "X-API-Key", "wrong").statusCode())
                    .isEqualTo(401);
            postgres.start();
            await().atMost(Duration.ofSeconds(15))
                    .until(() ->
                            service.get("/health/detailed", "X-API-Key", key).statusCode() == 200);
        } finally {
            if (!postgres.isRunning()) {
                postgres.start();
            }
        }
    }

    @Test
    void adminKeyFile_changed_isObeyedWithoutARestart() throws Exception {
        Path file = Files.writeString(directory.resolve("admin-key"), "first-key\n");
        Map<String, String> variables = variables();
        variables.remove("ADMIN_API_KEY");
        variables.put("ADMIN_API_KEY_FILE", file.toString());
        try (Served service = Served.with(variables).awaitLive()) {
            assertThat(service.get("/health/detailed", "X-API-Key", "first-key").statusCode())
                    .isEqualTo(200);
            long changed = System.nanoTime();

            Files.writeString(file, "second-key\n");

            await().atMost(Duration.ofSeconds(5))
                    .until(() -> service.get("/health/detailed", "X-API-Key", "second-key")
                                    .statusCode()
                            == 200);
            Served.measured("another admin key in the file is in force", Served.since(changed), "5000 ms");
            assertThat(service.get("/health/detailed", "X-API-Key", "first-key").statusCode())
                    .isEqualTo(401);
            service.stop();
            assertThat(String.join("\n", service.process().lines()))
                    .contains("holds another key")
                    .doesNotContain("first-key", "second-key");
        }
    }

    private static String make(Served service) throws Exception {
        HttpResponse<String> made = service.post("/ops/keys", OPERATOR, "X-API-Key", Served.ADMIN_KEY);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return JsonMapper.shared().readTree(made.body()).path("key").asString();
    }

    private static Map<String, String> variables() {
        Map<String, String> variables = Served.variablesOf(postgres);
        variables.put("HEALTH_CHECK_TIMEOUT", "3");
        variables.put("HEALTH_CHECK_INTERVAL", "1");
        return variables;
    }
}

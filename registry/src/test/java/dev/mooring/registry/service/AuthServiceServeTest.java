package dev.mooring.registry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.testing.http.Script;
import dev.mooring.testing.http.ScriptedServer;
import dev.mooring.testing.postgres.TestPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/** The service with an auth service on a real socket, which answers, refuses, hangs, fails and talks nonsense. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AuthServiceServeTest {
    private static final Duration TTL = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofMinutes(1);
    private static final String DEGRADED = "Mooring-Degraded";
    /** Every key that a test sends begins with it. */
    private static final String MARK = "raw-key-";

    private static TestPostgres postgres;
    private static ScriptedServer auth;
    private static Served service;
    private static int keys;

    /** The ways in which the auth service gives no clear answer. */
    private enum Trouble {
        REFUSED {
            @Override
            void begin() {
                auth.goesAway();
            }

            @Override
            void end() {
                auth.comesBack();
            }
        },
        FROZEN {
            @Override
            void begin() {
                auth.answers((request, reply) -> reply.hang());
            }
        },
        FAILING {
            @Override
            void begin() {
                auth.answers((request, reply) -> reply.json(500, "{\"error\":\"no database\"}"));
            }
        },
        GARBAGE {
            @Override
            void begin() {
                auth.answers((request, reply) -> reply.send(200, "text/html", "<html>welcome</html>"));
            }
        };

        abstract void begin();

        void end() {}
    }

    @BeforeAll
    static void start() throws Exception {
        postgres = TestPostgres.started();
        postgres.admin().createDatabase("mlflow_db");
        auth = ScriptedServer.start();
        auth.answers(validating());
        Map<String, String> variables = Served.variablesOf(postgres);
        variables.put("AUTH_SERVICE_URL", auth.uri().toString());
        variables.put("AUTH_SERVICE_ID", "models");
        variables.put("AUTH_SERVICE_TIMEOUT", "1");
        variables.put("AUTH_SERVICE_MAX_RETRIES", "1");
        variables.put("AUTH_CACHE_TTL", String.valueOf(TTL.toSeconds()));
        variables.put("AUTH_OUTAGE_GRACE", String.valueOf(GRACE.toSeconds()));
        variables.put("AUTH_CB_FAILURE_THRESHOLD", "3");
        variables.put("AUTH_CB_RECOVERY_TIMEOUT", "0.5");
        variables.put("RATE_LIMIT_PER_MINUTE", "6000");
        variables.put("REQUEST_TIMEOUT", "2");
        variables.put("LOG_LEVEL", "debug");
        service = Served.with(variables).awaitReady();
        awaitUp();
    }

    @AfterAll
    static void end() {
        service.close();
        auth.close();
        postgres.close();
    }

    @AfterEach
    void repair() {
        auth.answers(validating());
    }

    /** The next test begins with a closed breaker. */
    private static void awaitUp() {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    int status = models(key("reader")).statusCode();
                    return status == 200 && service.get("/health").body().contains("\"auth\":{\"status\":\"up\"");
                });
    }

    @Test
    void validKey_opensTheCallsOfItsScopes_andIsNamedInTheHistory() throws Exception {
        String writer = key("writer");

        HttpResponse<String> made = service.post(
                "/models/register",
                "{\"name\":\"churn\",\"source\":\"s3://b/churn\"}",
                "Authorization",
                "Bearer " + writer);

        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(made.headers().firstValue(DEGRADED)).isEmpty();
        assertThat(service.get("/models/churn/history", "X-API-Key", writer).body())
                .contains("\"actor\":\"auth:ann/writer\"");
        HttpResponse<String> refused = service.post("/models/register", "{}", "X-API-Key", key("reader"));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("\"scope\":\"models:write\"");
    }

    @Test
    void unknownKey_is401_andSoIsAKnownOneForOperations_withoutAQuestion() throws Exception {
        assertThat(models(key("stranger")).statusCode()).isEqualTo(401);
        int asked = auth.arrived();

        HttpResponse<String> refused = service.get("/ops/breakers", "X-API-Key", key("operator"));

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("POST /ops/keys");
        assertThat(service.get("/health/detailed", "X-API-Key", key("operator")).statusCode())
                .isEqualTo(401);
        assertThat(auth.arrived()).isEqualTo(asked);
    }

    @Test
    void revokedKey_isRefusedAfterItsTime() throws Exception {
        String reader = key("reader");
        assertThat(models(reader).statusCode()).isEqualTo(200);

        auth.answers((request, reply) -> reply.json(401, "{}"));

        long begun = System.nanoTime();
        await().atMost(TTL.plusSeconds(2)).until(() -> models(reader).statusCode() == 401);
        Served.measured("revoked key refused", Served.since(begun), "AUTH_CACHE_TTL + 2 s");
    }

    @ParameterizedTest
    @EnumSource
    void outage_keysValidatedBeforeKeepWorking_unknownOnesGet503_noneGetsIn(Trouble trouble) throws Exception {
        String known = key("reader");
        String own = ownKey();
        assertThat(models(known).statusCode()).isEqualTo(200);

        trouble.begin();
        try {
            await().atMost(TTL.plusSeconds(2))
                    .until(() -> models(known).headers().firstValue(DEGRADED).isPresent());
            for (int i = 0; i < 3; i++) {
                HttpResponse<String> stranger = models(key(i == 0 ? "reader" : "stranger"));
                assertThat(stranger.statusCode()).as(stranger.body()).isEqualTo(503);
                assertThat(stranger.body()).contains("\"code\":\"auth_unavailable\"");
                assertThat(stranger.headers().firstValue("Retry-After")).isPresent();
                assertKeepsWorking(known);
                assertIsAtOnce("own key", () -> models(own));
                assertIsAtOnce("operations", () -> service.get("/ops/breakers", "X-API-Key", Served.ADMIN_KEY));
                assertIsAtOnce("detailed health", () -> service.get("/health/detailed", "X-API-Key", Served.ADMIN_KEY));
            }
            HttpResponse<String> health = service.get("/health");
            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(health.body())
                    .contains("\"status\":\"degraded\"")
                    .containsPattern("\"auth\":\\{\"status\":\"(down|recovering)\"");
        } finally {
            trouble.end();
            auth.answers(validating());
            awaitUp();
        }
    }

    @Test
    void keyBeyondItsQuota_is429_andOperationsAreNot() throws Exception {
        String limited = key("limited");

        HttpResponse<String> first = models(limited);
        assertThat(first.headers().firstValue("RateLimit-Policy"))
                .contains("\"minute\";q=6000;w=60, \"hour\";q=2;w=3600");
        assertThat(first.headers().firstValue("RateLimit").orElseThrow()).contains("\"hour\";r=1;t=1800");
        models(limited);
        HttpResponse<String> refused = models(limited);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("\"code\":\"rate_limited\"", "\"violated-policies\":[\"hour\"]");
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1_790L, 1_800L);
        assertThat(service.get("/ops/breakers", "X-API-Key", Served.ADMIN_KEY)
                        .headers()
                        .firstValue("RateLimit"))
                .isEmpty();
    }

    @Test
    void keys_areNeitherInTheLogNorInTheDatabase() throws Exception {
        String writer = key("writer");
        service.post("/models/register", "{\"name\":\"quiet\",\"source\":\"s3://b/q\"}", "X-API-Key", writer);
        auth.answers((request, reply) ->
                reply.json(500, request.header("Authorization").orElse("")));
        models(key("stranger"));

        assertThat(String.join("\n", service.process().lines())).doesNotContain(MARK);
        for (String table : new String[] {"registration", "model_event", "model_version", "audit_entry", "api_key"}) {
            assertThat(postgres.admin()
                            .ask(
                                    "mlflow_db",
                                    "select coalesce(string_agg(t::text, ' '), 'none') from mooring." + table + " t"))
                    .as(table)
                    .doesNotContain(MARK);
        }
    }

    private static void assertKeepsWorking(String known) throws Exception {
        long asked = System.nanoTime();
        HttpResponse<String> answer = models(known);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue(DEGRADED)).contains("auth");
        assertThat(Served.since(asked)).isLessThan(Duration.ofSeconds(3));
    }

    private interface Request {
        HttpResponse<String> send() throws IOException;
    }

    private static void assertIsAtOnce(String what, Request request) throws Exception {
        long asked = System.nanoTime();
        assertThat(request.send().statusCode()).as(what).isEqualTo(200);
        assertThat(Served.since(asked)).as(what).isLessThan(Duration.ofSeconds(2));
    }

    private static HttpResponse<String> models(String key) throws IOException {
        return service.get("/models", "Authorization", "Bearer " + key);
    }

    private static synchronized String key(String kind) {
        return MARK + kind + "-" + ++keys;
    }

    private static String ownKey() throws IOException {
        String made = service.post(
                        "/ops/keys", "{\"name\":\"own\",\"scopes\":[\"models:read\"]}", "X-API-Key", Served.ADMIN_KEY)
                .body();
        return JsonMapper.shared().readTree(made).path("key").asString();
    }

    /** Knows the keys by their kinds; one of an operator has scopes that it must not get from there. */
    private static Script validating() {
        return (request, reply) -> {
            String kind = request.header("Authorization").orElse("").replaceAll("Bearer " + MARK + "|-\\d+$", "");
            String scopes =
                    switch (kind) {
                        case "reader", "limited" -> "\"models:read\"";
                        case "writer" -> "\"models:read\",\"models:write\"";
                        case "operator" -> "\"ops:read\",\"ops:act\"";
                        default -> "";
                    };
            String limit = kind.equals("limited") ? ",\"rate_limit_per_hour\":2" : "";
            if (scopes.isEmpty()) {
                reply.json(401, "{\"error\":\"unknown\"}");
            } else {
                reply.json(
                        200,
                        "{\"user_id\":\"ann\",\"key_id\":\"" + kind + "\",\"service_id\":\"models\",\"scopes\":["
                                + scopes + "]" + limit + "}");
            }
        };
    }
}

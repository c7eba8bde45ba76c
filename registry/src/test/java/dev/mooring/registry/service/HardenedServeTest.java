package dev.mooring.registry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.testing.postgres.TestPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What strangers, browsers and mistaken clients can do to two running services: one that asks for keys, and one on loopback that does not. */
@Tag("long")
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HardenedServeTest {
    private static final String[] ADMIN = {"X-API-Key", Served.ADMIN_KEY};
    private static final String[] NONE = {};
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String FORGED = "\\r\\n12:00:00 ERROR forged \\u001b[31m \\u009b31m \\u2028 \\u202e";

    private static TestPostgres postgres;
    private static Served guarded;
    private static Served open;

    @BeforeAll
    static void start() throws Exception {
        postgres = TestPostgres.started();
        postgres.admin().createDatabase("mlflow_db");
        Map<String, String> withKeys = Served.variablesOf(postgres);
        withKeys.put("AUDIT_SIGNING_KEY", "a key for checkpoints of this test");
        guarded = Served.with(withKeys).awaitReady();
        open = Served.with(withoutKeys(Map.of("LOG_FORMAT", "console"))).awaitReady();
    }

    @AfterAll
    static void end() {
        guarded.close();
        open.close();
        postgres.close();
    }

    private static Map<String, String> withoutKeys(Map<String, String> more) {
        Map<String, String> variables = new HashMap<>(Served.variablesOf(postgres));
        variables.put("AUTH_ENABLED", "false");
        variables.remove("ADMIN_API_KEY");
        variables.putAll(more);
        return variables;
    }

    private static String raw(Served service, String requestLine, String host, String... headers) throws IOException {
        return RawCall.send(
                service.port(),
                requestLine + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n" + String.join("", headers)
                        + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8080",
                "app.localhost",
                "127.0.0.2",
                "localhost.evil.example",
                "10.0.0.1"
            })
    void foreignHost_withoutKeys_isRefusedOnEveryPathButThoseOfProbes(String host) throws Exception {
        for (String path : List.of(
                "/",
                "/openapi.json",
                "/health",
                "/health/detailed",
                "/health/history?dependency=database",
                "/metrics",
                "/models",
                "/ops/keys",
                "/api/2.0/mlflow/registered-models/search",
                "/nowhere")) {
            String answer = raw(open, "GET " + path, host);
            assertThat(RawCall.status(answer)).as(path).isEqualTo(403);
            assertThat(answer).as(path).contains("under the names of this machine only");
        }
        for (String path : List.of("/health/live", "/livez", "/health/ready", "/readyz")) {
            assertThat(RawCall.status(raw(open, "GET " + path, host))).as(path).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:8080", "LOCALHOST", "127.0.0.1", "[::1]:8080"})
    void ownHost_withoutKeys_isServed(String host) throws Exception {
        assertThat(RawCall.status(raw(open, "GET /models", host))).isEqualTo(200);
        assertThat(RawCall.status(raw(open, "GET /health", host))).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, https://evil.example",
        "Origin, null",
        "Origin, http://localhost:1",
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site"
    })
    void write_ofAForeignPage_withoutKeys_isRefusedAndChangesNothing(String header, String value) throws Exception {
        String body = "{\"name\":\"csrf\",\"scopes\":[\"models:read\",\"models:write\"]}";
        for (String path : List.of("/models/register", "/ops/keys")) {
            for (String type : List.of("application/json", "text/plain", "application/x-www-form-urlencoded")) {
                String answer = raw(
                        open,
                        "POST " + path,
                        "localhost",
                        header + ": " + value + "\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length()
                                + "\r\n\r\n" + body);
                assertThat(RawCall.status(answer)).as(path + " " + type).isEqualTo(403);
                assertThat(answer).contains("\"code\":\"origin_not_allowed\"");
            }
        }
        HttpResponse<String> mlflow =
                open.post("/api/2.0/mlflow/registered-models/create", "{\"name\":\"csrf\"}", header, value);
        assertThat(mlflow.statusCode()).isEqualTo(403);
        assertThat(json(mlflow).has("error_code")).as(mlflow.body()).isTrue();
        assertThat(open.delete("/models/churn", header, value).statusCode()).isEqualTo(403);
        assertThat(open.get("/models?prefix=csrf").body()).contains("\"models\":[]");
        assertThat(open.get("/ops/keys").body()).doesNotContain("csrf");
        assertThat(open.get("/models", header, value).statusCode()).as("a read").isEqualTo(200);
    }

    @Test
    void keyMadeWithoutKeys_endsWhereCallsNeedOne_unlessItHasAReasonToStay() throws Exception {
        JsonNode ends = json(open.post("/ops/keys", "{\"name\":\"ends\",\"scopes\":[\"models:read\"]}"));
        JsonNode stays = json(open.post(
                "/ops/keys",
                "{\"name\":\"stays\",\"scopes\":[\"models:read\"],\"stays_because\":\"made before the switch\"}"));
        assertThat(ends.path("stays").asBoolean(true)).isFalse();
        assertThat(stays.path("stays").asBoolean(false)).isTrue();
        assertThat(open.get("/models", "X-API-Key", ends.path("key").asString()).statusCode())
                .isEqualTo(200);

        await().atMost(SOON).until(() -> read(guarded, stays) == 200);
        assertThat(read(guarded, ends)).isEqualTo(401);
        assertThat(guarded.get("/ops/keys", ADMIN).body())
                .contains(stays.path("id").asString())
                .doesNotContain(ends.path("id").asString());
        assertThat(postgres.admin()
                        .ask("mlflow_db", "select reason from mooring.audit_entry where subject like 'stays/%'"))
                .isEqualTo("made before the switch");
        try (Served next = Served.with(Served.variablesOf(postgres)).awaitReady()) {
            String line = next.process().awaitLine("were made while calls needed no key", SOON);
            assertThat(line)
                    .contains("ends/" + ends.path("id").asString())
                    .doesNotContain(stays.path("id").asString());
        }
    }

    @Test
    void adminKey_thatIsShort_isAWarning() {
        assertThat(guarded.process().lines())
                .filteredOn(line -> line.contains("ADMIN_API_KEY has fewer than 16 characters"))
                .singleElement()
                .asString()
                .doesNotContain(Served.ADMIN_KEY);
    }

    @Test
    void answer_ofAnyKind_tellsBrowsersNotToGuess() throws Exception {
        for (String request : List.of(
                "GET /",
                "GET /openapi.json",
                "GET /health",
                "GET /health/live",
                "GET /health/detailed",
                "POST /health",
                "GET /metrics",
                "GET /models",
                "GET /nowhere",
                "GET /\\",
                "GET /%2f",
                "GET /a%00b",
                "TRACE /",
                "OPTIONS /models",
                "BREW /models",
                "GET nonsense",
                "G@T /")) {
            String answer = raw(guarded, request, "localhost");
            assertThat(answer).as(request).startsWith("HTTP/1.1 ").contains("X-Content-Type-Options: nosniff");
        }
        assertThat(RawCall.send(guarded.port(), "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n"))
                .contains("X-Content-Type-Options: nosniff");
        assertThat(raw(guarded, "GET /", "localhost")).contains("frame-ancestors 'none'", "X-Frame-Options: DENY");
    }

    @Test
    void answer_forACallerAlone_isKeptByNoCache() throws Exception {
        for (String path : List.of(
                "/ops/keys",
                "/ops/audit",
                "/ops/audit/verification",
                "/ops/breakers",
                "/health/detailed",
                "/metrics",
                "/models")) {
            HttpResponse<String> answer = guarded.get(path, ADMIN);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(answer.headers().allValues("Cache-Control")).as(path).containsExactly("no-store");
            HttpResponse<String> refused = guarded.get(path, NONE);
            assertThat(refused.statusCode()).as(path).isEqualTo(401);
            assertThat(refused.headers().allValues("Cache-Control")).as(path).containsExactly("no-store");
            assertThat(refused.headers().firstValue("WWW-Authenticate").orElse(""))
                    .as(path)
                    .startsWith("Bearer");
        }
    }

    @Test
    void mistakesOfClients_areNoErrorsInTheLog_andLeaveItSmall() throws Exception {
        int before = guarded.process().lines().size();
        for (int i = 0; i < 150; i++) {
            raw(guarded, "GET /\\", "localhost");
            raw(guarded, "GET /%zz", "localhost");
            raw(guarded, "GET /a%00b", "localhost");
            raw(guarded, "G@T /", "localhost");
            raw(guarded, "BREW /models", "localhost");
            raw(guarded, "GET /models", "local host");
            raw(
                    guarded,
                    "POST /models/register",
                    "localhost",
                    "X-API-Key: " + Served.ADMIN_KEY + "\r\n",
                    CHUNKED,
                    "zz\r\n");
            breakOff("POST /models/register HTTP/1.1\r\nHost: localhost\r\nX-API-Key: " + Served.ADMIN_KEY
                    + "\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"name\":");
            breakOff("GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\nGET /openapi.json HTTP/1.1\r\n");
        }
        guarded.get("/health");

        List<String> lines = guarded.process().lines();
        List<String> after = lines.subList(before, lines.size());
        assertThat(after).allSatisfy(line -> assertThat(line).doesNotContain("\"level\":\"error\"", "\\tat "));
        assertThat(after.stream().mapToInt(String::length).sum()).isLessThan(30_000);
    }

    private static final String CHUNKED = "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";

    private static void breakOff(String text) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), guarded.port())) {
            socket.setSoLinger(true, 0);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void foreignText_inALogLine_staysInItsLine() throws Exception {
        String order = "{\"reason\":\"" + FORGED + "\",\"expires_in\":\"1m\"}";
        for (Served service : List.of(guarded, open)) {
            String[] key = service == guarded ? ADMIN : NONE;
            assertThat(service.post("/ops/breakers/database/bypass", order, key).statusCode())
                    .isEqualTo(200);
            assertThat(service.post("/ops/breakers/database/close", order.replace(",\"expires_in\":\"1m\"", ""), key)
                            .statusCode())
                    .isEqualTo(200);
            service.process().awaitLine("breaker.close", SOON);
            assertThat(service.process().lines()).allSatisfy(line -> assertThat(line.codePoints())
                    .as(line)
                    .noneMatch(point -> Character.isISOControl(point) || point == 0x2028 || point == 0x202e));
            assertThat(service.process().lines()).noneMatch(line -> line.startsWith("12:00:00 ERROR forged"));
        }
    }

    @Test
    void health_ofAServiceThatCannotLogIn_tellsKindAndWhatToCheck_andNoMore() throws Exception {
        for (boolean isPublic : new boolean[] {false, true}) {
            Map<String, String> variables = Served.variablesOf(postgres);
            variables.put("DATABASE_USER", "clerk");
            variables.put("DATABASE_PASSWORD", "wrong");
            variables.put("HEALTH_DETAILS_PUBLIC", String.valueOf(isPublic));
            try (Served refused = Served.with(variables).awaitLive()) {
                await().atMost(SOON)
                        .until(() -> refused.get("/health/ready").body().contains("authentication_failed"));
                String health = refused.get("/health").body();
                assertThat(health).contains("\"error\":\"authentication_failed\"");
                assertThat(refused.get("/health/detailed", ADMIN).body()).contains("clerk");
                assertThat(refused.status("/health/detailed")).isEqualTo(isPublic ? 200 : 401);
                assertThat(refused.status("/metrics")).isEqualTo(401);
                if (isPublic) {
                    assertThat(health).contains("\"message\":", "clerk");
                } else {
                    assertThat(health + refused.get("/health/ready").body())
                            .contains("Check user and password")
                            .doesNotContain(
                                    "clerk", "127.0.0.1", String.valueOf(postgres.port()), "\"message\"", "FATAL");
                }
            }
        }
    }

    @Test
    void refusedKeys_areCountedAndToldInALine_andAUsedKeySaysWhen() throws Exception {
        JsonNode key = json(guarded.post("/ops/keys", "{\"name\":\"used\",\"scopes\":[\"models:read\"]}", ADMIN));
        double before = refused("invalid");
        for (int i = 0; i < 50; i++) {
            guarded.get("/models", "X-API-Key", "guess-" + i);
        }
        guarded.get("/ops/keys", "X-API-Key", key.path("key").asString());
        guarded.get("/health/detailed", "X-API-Key", "guess");
        assertThat(read(guarded, key)).isEqualTo(200);

        assertThat(refused("invalid") - before).isEqualTo(51);
        assertThat(refused("scope_missing")).isPositive();
        String line = guarded.process().awaitLine("access refused", SOON);
        assertThat(line).contains("127.0.0.1").doesNotContain("guess");
        assertThat(String.join("\n", guarded.process().lines())).doesNotContain("guess-");
        JsonNode listed = JsonMapper.shared()
                .readTree(guarded.get("/ops/keys", ADMIN).body())
                .path("keys")
                .valueStream()
                .filter(one -> one.path("id").equals(key.path("id")))
                .findFirst()
                .orElseThrow();
        assertThat(listed.path("last_used_at").asString()).startsWith("20");
    }

    private static double refused(String reason) throws IOException {
        return guarded.get("/metrics", ADMIN)
                .body()
                .lines()
                .filter(line -> line.startsWith("mooring_keys_refused_total{reason=\"" + reason + "\"}"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Test
    void audit_whoseHeadWasDeleted_isFoundBroken_andActsGoOnHere() throws Exception {
        guarded.post("/ops/breakers/database/reset", "{\"reason\":\"before\"}", ADMIN);
        JsonNode noted = json(guarded.get("/ops/audit/checkpoint", ADMIN));
        String checkpoint = noted.path("checkpoint").asString();
        assertThat(checkpoint).startsWith("v1/");
        JsonNode key = json(guarded.post("/ops/keys", "{\"name\":\"leaver\",\"scopes\":[\"models:read\"]}", ADMIN));
        postgres.admin()
                .execute(
                        "mlflow_db",
                        "set session_replication_role = replica; delete from mooring.audit_head; reset session_replication_role");
        try {
            JsonNode verdict = json(guarded.get("/ops/audit/verification", ADMIN));
            assertThat(verdict.path("intact").asBoolean(true)).isFalse();
            assertThat(verdict.path("entries").asLong()).isPositive();
            assertThat(verdict.path("findings").toString()).contains("cut_off", "is missing");

            HttpResponse<String> order = guarded.post(
                    "/ops/breakers/database/bypass", "{\"reason\":\"no head\",\"expires_in\":\"1m\"}", ADMIN);
            assertThat(order.statusCode()).as(order.body()).isEqualTo(200);
            assertThat(json(order).path("fleet").asBoolean(true)).isFalse();
            assertThat(guarded.delete("/ops/keys/" + key.path("id").asString(), ADMIN)
                            .statusCode())
                    .isEqualTo(204);
            assertThat(guarded.post("/ops/keys", "{\"name\":\"more\",\"scopes\":[\"models:read\"]}", ADMIN)
                            .statusCode())
                    .isEqualTo(201);
            assertThat(guarded.get("/ops/audit/checkpoint", ADMIN).statusCode()).isEqualTo(409);
            assertThat(guarded.get("/health").body()).contains("audit: its chain cannot be continued");
        } finally {
            postgres.admin()
                    .execute(
                            "mlflow_db",
                            "insert into mooring.audit_head (seq, hash)"
                                    + " select seq, hash from mooring.audit_entry order by seq desc limit 1");
        }
        await().atMost(SOON)
                .until(() -> guarded.get("/ops/audit?limit=10", ADMIN).body().contains("no head"));
        assertThat(guarded.post("/ops/breakers/database/close", "{\"reason\":\"head is back\"}", ADMIN)
                        .body())
                .contains("\"fleet\":true");
        assertThat(json(guarded.get("/ops/audit/verification?checkpoint=" + checkpoint, ADMIN))
                        .path("intact")
                        .asBoolean(false))
                .isTrue();
        String forged = checkpoint.replaceFirst("v1/\\d+/", "v1/1/");
        assertThat(json(guarded.get("/ops/audit/verification?checkpoint=" + forged, ADMIN))
                        .path("findings")
                        .toString())
                .contains("not_signed");
        assertThat(guarded.process().awaitLine("audit checkpoint v1/", SOON)).contains("\"audit_checkpoint\":\"v1/");
    }

    private static int read(Served service, JsonNode key) throws IOException {
        return service.get("/models", "X-API-Key", key.path("key").asString()).statusCode();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }
}

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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What operators order, over HTTP, of two running services on one PostgreSQL. */
@Tag("long")
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OperatorsServeTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String[] KEY = {"X-API-Key", Served.ADMIN_KEY};
    private static final String BREAKER = "/ops/breakers/database";
    private static final String BECAUSE = "{\"reason\":\"upgrade to 18\"}";
    private static final Duration EVERYWHERE = Duration.ofSeconds(5);
    /** The default REQUEST_TIMEOUT and what the contract allows beyond it. */
    private static final Duration REQUEST = Duration.ofMillis(5_500);

    private static final int MORE_THAN_THERE_ARE_THREADS = 300;

    private static TestPostgres postgres;
    private static Served one;
    private static Served other;

    @BeforeAll
    static void start() throws Exception {
        postgres = TestPostgres.started();
        postgres.admin().createDatabase("mlflow_db");
        one = serve();
        other = serve();
        one.awaitReady();
        other.awaitReady();
    }

    @AfterAll
    static void end() {
        one.close();
        other.close();
        postgres.close();
    }

    @AfterEach
    void closeBreaker() throws IOException {
        act(one, "reset", "{\"reason\":\"end of the test\"}");
        one.awaitReady();
        await().atMost(EVERYWHERE).until(() -> state(other).equals("CLOSED"));
        other.awaitReady();
    }

    @Test
    void order_givenOnOneInstance_isInForceOnTheOtherAndAudited() throws Exception {
        JsonNode opened = act(one, "open", "{\"reason\":\"upgrade to 18\",\"expires_in\":\"30m\"}");

        assertThat(opened.path("state").asString()).isEqualTo("FORCED_OPEN");
        assertThat(opened.path("fleet").asBoolean()).isTrue();
        JsonNode forced = opened.path("forced");
        assertThat(forced.path("actor").asString()).isEqualTo("admin");
        assertThat(forced.path("reason").asString()).isEqualTo("upgrade to 18");
        assertThat(Duration.between(
                        Instant.now(), Instant.parse(forced.path("expires_at").asString())))
                .isBetween(Duration.ofMinutes(29), Duration.ofMinutes(30));
        assertThat(opened.path("retry_after_seconds").asLong()).isBetween(1_740L, 1_800L);
        measured("forced open on the other instance", awaitState(other, "FORCED_OPEN"));
        HttpResponse<String> refused = other.get("/models", KEY);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("upgrade to 18");
        assertThat(other.status("/health/ready")).isEqualTo(503);

        act(other, "bypass", BECAUSE);
        measured("bypassed on the first instance", awaitState(one, "BYPASSED"));
        act(one, "close", BECAUSE);
        measured("closed on the other instance", awaitState(other, "CLOSED"));
        assertThat(one.get("/models", KEY).statusCode()).isEqualTo(200);

        List<String> acts = new ArrayList<>();
        entries(other, "?limit=3")
                .forEach(entry -> acts.add(entry.path("action").asString()));
        assertThat(acts).containsExactly("breaker.close", "breaker.bypass", "breaker.open");
    }

    @Test
    void order_expires_withoutAnybodysDoing() throws Exception {
        act(one, "open", "{\"reason\":\"short\",\"expires_in\":4}");
        awaitState(other, "FORCED_OPEN");
        long begun = System.nanoTime();

        await().atMost(Duration.ofSeconds(10))
                .until(() -> state(one).equals("CLOSED") && state(other).equals("CLOSED"));

        measured("expired and in use again on both, of an order of 4000 ms", Served.since(begun));
    }

    @Test
    void order_isInForceAgainAfterARestart() throws Exception {
        act(one, "open", BECAUSE);
        awaitState(other, "FORCED_OPEN");
        assertThat(other.stop()).isZero();

        other = serve();
        other.awaitLive();
        measured("forced open after the service is live again", awaitState(other, "FORCED_OPEN"));

        JsonNode forced = breaker(other).path("forced");
        assertThat(forced.path("reason").asString()).isEqualTo("upgrade to 18");
        assertThat(Duration.between(
                        Instant.now(), Instant.parse(forced.path("expires_at").asString())))
                .as("what is left of the hour that an order has by default")
                .isBetween(Duration.ofMinutes(58), Duration.ofHours(1));
    }

    @Test
    void order_whileTheDatabaseIsFrozen_worksOnTheInstanceAskedAndIsAuditedLater() throws Exception {
        long entriesBefore = verification(one, "").path("entries").asLong();
        postgres.freeze();
        try {
            long asked = System.nanoTime();
            JsonNode opened = act(one, "open", BECAUSE);
            measured("order while the database is frozen", Served.since(asked));
            assertThat(Served.since(asked)).isLessThan(REQUEST);
            assertThat(opened.path("fleet").asBoolean(true)).isFalse();
            assertThat(opened.path("state").asString()).isEqualTo("FORCED_OPEN");
            asked = System.nanoTime();
            HttpResponse<String> audit = one.get("/ops/audit", KEY);
            measured("audit asked for while the database is frozen", Served.since(asked));
            assertThat(Served.since(asked)).isLessThan(REQUEST);
            assertThat(audit.statusCode()).isEqualTo(503);
            assertThat(audit.body()).contains("\"code\":\"database_unavailable\"");
            assertThat(breaker(other).path("state").asString()).isNotEqualTo("FORCED_OPEN");
            assertThat(one.get("/health/detailed", KEY).body()).contains("\"audit\":{\"waiting\":1}");
        } finally {
            postgres.thaw();
        }
        long healed = System.nanoTime();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            HttpResponse<String> answer = one.get("/ops/audit/verification", KEY);
            return answer.statusCode() == 200
                    && JSON.readTree(answer.body()).path("entries").asLong() == entriesBefore + 1;
        });
        measured("audited after the thaw", Served.since(healed));
        other.awaitReady();
        JsonNode late = entries(other, "?limit=1&actor=admin").get(0);
        assertThat(late.path("action").asString()).isEqualTo("breaker.open");
        assertThat(late.path("details").asString()).isEqualTo("lasts 3600 s; only the instance that was asked");
        assertThat(state(one)).isEqualTo("FORCED_OPEN");
        await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(10)).until(() -> !state(other)
                .equals("FORCED_OPEN"));
    }

    @Test
    void order_needsAKeyWithTheScope_andIsEnteredUnderItsName() throws Exception {
        String[] looking = key("on look-out", "\"ops:read\"");
        String[] acting = key("night shift", "\"ops:read\",\"ops:act\"");

        HttpResponse<String> refused = one.post(BREAKER + "/open", BECAUSE, looking);

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("\"code\":\"scope_missing\"");
        assertThat(one.get("/ops/breakers", looking).statusCode()).isEqualTo(200);
        assertThat(one.get("/ops/audit/verification", looking).statusCode()).isEqualTo(200);
        assertThat(state(one)).isEqualTo("CLOSED");
        assertThat(entries(one, "?limit=20"))
                .noneMatch(entry -> entry.path("actor").asString().startsWith("on look-out/"));
        HttpResponse<String> opened = one.post(BREAKER + "/open", BECAUSE, acting);
        assertThat(opened.statusCode()).isEqualTo(200);
        awaitState(other, "FORCED_OPEN");
        assertThat(breaker(other).path("forced").path("actor").asString()).startsWith("night shift/");
        // A start of the service may enter its settings just then.
        assertThat(entries(other, "?limit=5"))
                .filteredOn(entry -> entry.path("action").asString().equals("breaker.open"))
                .first()
                .satisfies(entry -> assertThat(entry.path("actor").asString()).startsWith("night shift/"));
    }

    private static String[] key(String name, String scopes) throws IOException {
        HttpResponse<String> made =
                one.post("/ops/keys", "{\"name\":\"" + name + "\",\"scopes\":[" + scopes + "]}", KEY);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return new String[] {"X-API-Key", JSON.readTree(made.body()).path("key").asString()};
    }

    @Test
    void order_whileAllPlacesForRequestsAreTaken_isObeyed() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < MORE_THAN_THERE_ARE_THREADS; i++) {
                slow.add(requestWhoseBodyDoesNotCome(one.port()));
            }
            long asked = System.nanoTime();
            JsonNode bypassed = act(one, "bypass", BECAUSE);
            measured("order while " + slow.size() + " requests take all places", Served.since(asked));
            assertThat(Served.since(asked)).isLessThan(Duration.ofSeconds(2));
            assertThat(bypassed.path("fleet").asBoolean()).isTrue();
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
        await().atMost(Duration.ofSeconds(8)).until(() -> one.status("/models") != 503);
    }

    private static Socket requestWhoseBodyDoesNotCome(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        String head = "POST /models/register HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n"
                + String.join(": ", KEY) + "\r\nContent-Length: 100\r\n\r\n{";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void entriesOfTwoInstancesAtOnce_areOneChain() throws Exception {
        long before = verification(one, "").path("entries").asLong();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        int each = 10;
        try {
            List<Future<?>> clients = new ArrayList<>();
            for (Served service : List.of(one, other, one, other)) {
                clients.add(threads.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        assertThat(act(service, i % 2 == 0 ? "bypass" : "close", BECAUSE)
                                        .path("fleet")
                                        .asBoolean())
                                .isTrue();
                    }
                    return null;
                }));
            }
            for (Future<?> client : clients) {
                client.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }

        JsonNode verdict = verification(other, "");
        assertThat(verdict.path("intact").asBoolean()).as(verdict.toString()).isTrue();
        assertThat(verdict.path("entries").asLong()).isEqualTo(before + 4L * each);
        JsonNode last = verdict.path("last");
        String noted = "?seq=" + last.path("seq").asLong() + "&hash="
                + last.path("hash").asString();
        assertThat(verification(one, noted).path("intact").asBoolean()).isTrue();
        assertThat(String.join("\n", one.process().lines())
                        + String.join("\n", other.process().lines()))
                .as("the end of the chain is in the log")
                .contains(last.path("hash").asString());
    }

    @Test
    void audit_isReadPageByPageAndBySinceAndActor() throws Exception {
        String begun = Instant.now().toString();
        for (String act : List.of("bypass", "close", "bypass", "close", "reset")) {
            act(one, act, BECAUSE);
        }
        List<Long> seen = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = JSON.readTree(
                    one.get("/ops/audit?limit=2&since=" + begun + next, KEY).body());
            page.path("entries").forEach(entry -> seen.add(entry.path("seq").asLong()));
            next = page.has("next_page_token")
                    ? "&page_token=" + page.path("next_page_token").asString()
                    : "";
        } while (!next.isEmpty());

        assertThat(seen).hasSize(5).isSortedAccordingTo((a, b) -> Long.compare(b, a));
        assertThat(entries(one, "?since=1h&limit=1").size()).isEqualTo(1);
        assertThat(entries(one, "?actor=nobody").size()).isZero();
        for (String wrong : List.of("since=soon", "limit=0", "page_token=x", "actor=a%00b")) {
            assertThat(one.get("/ops/audit?" + wrong, KEY).statusCode())
                    .as(wrong)
                    .isEqualTo(422);
        }
        assertThat(one.get("/ops/audit/verification?seq=1", KEY).statusCode()).isEqualTo(422);
    }

    @Test
    void breakers_areListed() throws Exception {
        JsonNode all = JSON.readTree(one.get("/ops/breakers", KEY).body()).path("breakers");

        assertThat(all.size()).isBetween(1, 2);
        assertThat(all.get(0).path("dependency").asString()).isEqualTo("database");
        assertThat(all.get(0).path("state").asString()).isEqualTo("CLOSED");
        assertThat(all.get(0).path("failures_in_a_row").asInt(-1)).isZero();
        assertThat(Instant.parse(all.get(0).path("since").asString())).isBefore(Instant.now());
        assertThat(all.get(0).has("forced")).isFalse();
        assertThat(all.get(0).has("fleet")).isFalse();
        assertThat(breaker(one)).isEqualTo(all.get(0));
    }

    @Test
    void mistakes_areToldAndNothingIsDone() throws Exception {
        long before = verification(one, "").path("entries").asLong();

        refused("/ops/breakers/nobody/open", BECAUSE, 404, "dependency_not_found");
        refused(BREAKER + "/explode", BECAUSE, 404, "action_not_found");
        refused(BREAKER + "/open", "{}", 422, "\"field\":\"reason\"");
        refused(BREAKER + "/open", "{\"reason\":\"  \"}", 422, "\"field\":\"reason\"");
        refused(BREAKER + "/open", "{\"reason\":", 400, "malformed_json");
        refused(BREAKER + "/open", "", 400, "malformed_json");
        refused(BREAKER + "/open", "{\"reason\":\"r\",\"expires_in\":\"soon\"}", 422, "\"field\":\"expires_in\"");
        refused(BREAKER + "/open", "{\"reason\":\"r\",\"expires_in\":0}", 422, "\"field\":\"expires_in\"");
        refused(BREAKER + "/open", "{\"reason\":\"r\",\"expires_in\":\"31d\"}", 422, "\"field\":\"expires_in\"");
        refused(BREAKER + "/close", "{\"reason\":\"r\",\"expires_in\":\"1h\"}", 422, "\"field\":\"expires_in\"");
        refused(BREAKER + "/open", "{\"reason\":\"r\",\"until\":\"monday\"}", 422, "\"field\":\"until\"");
        assertThat(one.get("/ops/breakers/nobody", KEY).statusCode()).isEqualTo(404);
        assertThat(one.get(BREAKER + "/open", KEY).statusCode()).isEqualTo(405);
        assertThat(one.post(BREAKER + "/open", BECAUSE).statusCode()).isEqualTo(401);
        assertThat(one.get("/ops/audit").statusCode()).isEqualTo(401);

        assertThat(state(one)).isEqualTo("CLOSED");
        assertThat(verification(one, "").path("entries").asLong()).isEqualTo(before);
    }

    private static void refused(String path, String body, int status, String words) throws IOException {
        HttpResponse<String> answer = one.post(path, body, KEY);
        assertThat(answer.statusCode())
                .as(path + " " + body + ": " + answer.body())
                .isEqualTo(status);
        assertThat(answer.body()).contains(words);
    }

    private static JsonNode act(Served service, String act, String body) throws IOException {
        HttpResponse<String> answer = service.post(BREAKER + "/" + act, body, KEY);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static JsonNode breaker(Served service) throws IOException {
        return JSON.readTree(service.get(BREAKER, KEY).body());
    }

    private static String state(Served service) throws IOException {
        return breaker(service).path("state").asString();
    }

    private static Duration awaitState(Served service, String wanted) {
        long begun = System.nanoTime();
        await().atMost(EVERYWHERE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> state(service).equals(wanted));
        return Served.since(begun);
    }

    private static JsonNode entries(Served service, String query) throws IOException {
        return JSON.readTree(service.get("/ops/audit" + query, KEY).body()).path("entries");
    }

    private static JsonNode verification(Served service, String query) throws IOException {
        HttpResponse<String> answer = service.get("/ops/audit/verification" + query, KEY);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static void measured(String what, Duration took) {
        System.out.println("measured " + what + ": " + took.toMillis() + " ms");
    }

    private static Served serve() {
        return Served.with(Served.variablesOf(postgres));
    }
}

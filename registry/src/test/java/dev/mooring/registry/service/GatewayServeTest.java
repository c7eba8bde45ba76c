package dev.mooring.registry.service;

import static dev.mooring.registry.service.GatewayRig.API;
import static dev.mooring.registry.service.GatewayRig.ARTIFACTS;
import static dev.mooring.registry.service.GatewayRig.KEY;
import static dev.mooring.registry.service.GatewayRig.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.testing.http.Script;
import dev.mooring.testing.http.ScriptedRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What passes between a client and the MLflow server behind the service, and what a client hears when MLflow does not work. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GatewayServeTest {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final int CONNECTIONS = 4;

    private static GatewayRig rig;

    @BeforeAll
    static void start() throws Exception {
        rig = GatewayRig.started(Map.of(
                "MLFLOW_TIMEOUT",
                "2",
                "MLFLOW_MAX_CONNECTIONS",
                String.valueOf(CONNECTIONS),
                "MLFLOW_RETRY_DELAY",
                "0.1"));
    }

    @AfterAll
    static void end() {
        rig.close();
    }

    private static HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + rig.service().port() + path))
                .headers(KEY)
                .timeout(Duration.ofSeconds(20));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private static ScriptedRequest last(String path) {
        List<ScriptedRequest> all = rig.requests(path);
        assertThat(all).isNotEmpty();
        return all.get(all.size() - 1);
    }

    @Test
    void call_isPassedOnWithMethodQueryAndBody_andWithTheCredentialsOfTheService() throws Exception {
        List<String> bodies = new ArrayList<>();
        rig.answers((request, reply) -> {
            bodies.add(request.text());
            reply.json(200, "{\"done\":true}");
        });
        HttpResponse<String> answer = send(to("/mlflow" + API + "registered-models/delete?x=a%2Fb")
                .method("DELETE", BodyPublishers.ofString("{\"name\":\"churn\"}"))
                .header("Content-Type", "application/json")
                .header("X-MLFLOW-WORKSPACE", "team-a")
                .header("X-Request-ID", "asked-1")
                .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .header("Origin", "http://127.0.0.1")
                .header("Referer", "http://here/")
                .header("Cookie", "session=1")
                .header("X-Forwarded-Host", "evil")
                .header("User-Agent", "mlflow-python-client/3.17.2"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"done\":true}");
        assertThat(answer.headers().firstValue("X-Request-ID")).hasValue("asked-1");
        assertThat(bodies).containsExactly("{\"name\":\"churn\"}");
        ScriptedRequest seen = last(API + "registered-models/delete");
        assertThat(seen.method()).isEqualTo("DELETE");
        assertThat(seen.target()).isEqualTo("/behind" + API + "registered-models/delete?x=a%2Fb");
        assertThat(seen.headers().get("Authorization")).containsExactly("Bearer token-of-the-service");
        assertThat(seen.header("X-MLFLOW-WORKSPACE")).hasValue("team-a");
        assertThat(seen.header("X-Request-ID")).hasValue("asked-1");
        assertThat(seen.header("traceparent").orElse("")).startsWith("00-0af7651916cd43dd8448eb211c80319c-");
        assertThat(seen.header("Content-Type")).hasValue("application/json");
        assertThat(seen.header("User-Agent")).hasValue("mlflow-python-client/3.17.2");
        assertThat(seen.headers()).doesNotContainKeys("Origin", "Referer", "Cookie", "X-Forwarded-Host", "X-API-Key");
        assertThat(seen.headers().toString()).doesNotContain(Served.ADMIN_KEY);
    }

    @Test
    void answer_keepsStatusTypeAndHeaders_butNotThoseOfItsConnectionOrServer() throws Exception {
        rig.answers((request, reply) -> {
            reply.raw(
                    "HTTP/1.1 404 nope\r\nContent-Type: application/json\r\nContent-Length: 2\r\nETag: \"e\"\r\n"
                            + "Server: gunicorn\r\nSet-Cookie: a=b\r\nKeep-Alive: 9\r\nAccess-Control-Allow-Origin: *\r\n\r\n{}");
            reply.done();
        });
        HttpResponse<String> answer = send(to(API + "runs/get?run_id=1"));
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(answer.headers().firstValue("ETag")).hasValue("\"e\"");
        assertThat(answer.headers().map()).doesNotContainKeys("server", "set-cookie", "access-control-allow-origin");

        HttpResponse<String> head = send(to(SEARCH).method("HEAD", BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(404);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(2);
    }

    @Test
    void artifacts_passAsTheyAre_inPartsAndEncodedAndWithoutAKnownLength() throws Exception {
        List<String> bodies = new ArrayList<>();
        rig.answers((request, reply) -> {
            bodies.add(request.text());
            assertThat(request.header("Range")).hasValue("bytes=0-4");
            reply.head(206, Map.of("Content-Range", "bytes 0-4/9", "Content-Encoding", "br", "Content-Length", "5"))
                    .write("aaaaa".getBytes(StandardCharsets.UTF_8));
            reply.done();
        });
        byte[] large = new byte[3_000_000];
        HttpResponse<String> answer = send(to(ARTIFACTS + "1/a%20b/model.pkl")
                .PUT(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(large)))
                .expectContinue(true)
                .header("Accept-Encoding", "br")
                .header("Range", "bytes=0-4"));

        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(answer.body()).isEqualTo("aaaaa");
        assertThat(answer.headers().firstValue("Content-Range")).hasValue("bytes 0-4/9");
        assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("br");
        assertThat(bodies.get(0)).hasSize(large.length);
        ScriptedRequest seen = last(ARTIFACTS + "1/a%20b/model.pkl");
        assertThat(seen.header("Transfer-Encoding")).hasValue("chunked");
        assertThat(seen.header("Accept-Encoding")).hasValue("br");
        assertThat(seen.headers()).doesNotContainKey("Expect");
    }

    @Test
    void body_largerThanRequestsMayBe_isRefusedUnlessItIsAnArtifact() throws Exception {
        rig.restore();
        byte[] large = new byte[1_100_000];
        HttpResponse<String> refused = send(to(API + "runs/log-batch").POST(BodyPublishers.ofByteArray(large)));
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(refused.body()).contains("\"error_code\":\"BAD_REQUEST\"");
        assertThat(rig.requests(API + "runs/log-batch")).isEmpty();
        HttpResponse<String> form = send(to(ARTIFACTS + "1/form")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .PUT(BodyPublishers.ofByteArray(large)));
        assertThat(form.statusCode()).isEqualTo(200);
    }

    @Test
    void redirect_leadsThroughTheServiceOrNowhere() throws Exception {
        String own = rig.mlflow().uri() + "/behind" + API + "runs/get?run_id=2";
        rig.answers(redirecting(own));
        HttpResponse<String> through = send(to("/mlflow" + API + "runs/get?run_id=1"));
        assertThat(through.statusCode()).isEqualTo(308);
        assertThat(through.headers().firstValue("Location")).hasValue("/mlflow" + API + "runs/get?run_id=2");
        assertThat(through.body()).isEmpty();
        for (String elsewhere : List.of(
                "http://mlflow.internal:5000" + API + "runs/get",
                rig.mlflow().uri() + "/admin",
                "//evil/behind" + API + "runs/get",
                "/behind/api/2.0/mlflow/%2e%2e/x")) {
            rig.answers(redirecting(elsewhere));
            HttpResponse<String> refused = send(to(API + "runs/get?run_id=1"));
            assertThat(refused.statusCode()).as(elsewhere).isEqualTo(502);
            assertThat(refused.headers().map().toString() + refused.body())
                    .contains("MLFLOW_TRACKING_URI")
                    .doesNotContain("internal")
                    .doesNotContain("evil")
                    .doesNotContain("admin");
        }
    }

    private static Script redirecting(String location) {
        return (request, reply) -> {
            reply.head(308, Map.of("Location", location, "Content-Type", "text/html", "Content-Length", "4"))
                    .write("html".getBytes(StandardCharsets.UTF_8));
            reply.done();
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "503 | application/json | {\"error_code\":\"TEMPORARILY_UNAVAILABLE\",\"message\":\"[SQL: select 1]\"}",
                "502 | text/html        | <html>bad gateway</html>",
                "401 | text/plain       | You are not authenticated",
                "407 | application/json | {}",
                "403 | text/plain       | Invalid Host header - possible DNS rebinding attack detected",
                "404 | text/html        | <html>another server</html>",
                "200 | text/html        | <html>log in</html>",
                "400 | application/json | {\"error_code\":\"BAD_REQUEST\",\"message\":\"QueuePool limit of size 5 overflow 10 reached [SQL: x]\"}"
            })
    void answer_thatSaysThatMlflowDoesNotWork_makesTheClientWait(int status, String type, String body)
            throws Exception {
        rig.answers((request, reply) -> reply.send(status, type, body));
        for (HttpRequest.Builder call : List.of(
                to(API + "registered-models/create").POST(BodyPublishers.ofString("{\"name\":\"a\"}")),
                to(SEARCH + "?max_results=7"))) {
            HttpResponse<String> answer = send(call);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValueAsLong("Retry-After").orElse(0))
                    .isGreaterThanOrEqualTo(10);
            assertThat(answer.body())
                    .contains("\"error_code\":\"TEMPORARILY_UNAVAILABLE\"")
                    .doesNotContain("SQL")
                    .doesNotContain("127.0.0.1");
        }
    }

    @Test
    void error500_reachesTheClient_andOpensNoBreaker() throws Exception {
        rig.restore();
        rig.answers((request, reply) -> reply.json(500, "{\"error_code\":\"INTERNAL_ERROR\",\"message\":\"x\"}"));
        for (int i = 0; i < 20; i++) {
            HttpResponse<String> answer = send(to(SEARCH + "?filter=tags.k%20IS%20NULL"));
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).contains("INTERNAL_ERROR");
        }
        assertThat(rig.requests(SEARCH))
                .filteredOn(r -> r.target().contains("IS%20NULL"))
                .hasSize(20);
        assertThat(rig.service()
                        .get("/ops/breakers/mlflow", "X-API-Key", Served.ADMIN_KEY)
                        .body())
                .contains("\"state\":\"CLOSED\"");
    }

    @Test
    void read_whoseConnectionBreaks_isRepeated_andAWriteIsNot() throws Exception {
        rig.restore();
        rig.answers((request, reply) -> {
            if (rig.requests(API + "runs/get").size() % 2 == 1) {
                reply.reset();
            } else {
                reply.json(200, "{\"run\":{}}");
            }
        });
        assertThat(send(to(API + "runs/get?run_id=3")).statusCode()).isEqualTo(200);
        rig.answers((request, reply) -> reply.reset());
        HttpResponse<String> write = send(to(API + "runs/set-tag").POST(BodyPublishers.ofString("{}")));
        assertThat(write.statusCode()).isEqualTo(503);
        assertThat(write.body()).contains("it may have done what was asked");
        assertThat(rig.requests(API + "runs/set-tag")).hasSize(1);
        rig.restore();
    }

    /** Nothing of it has gone out, so the service can still ask the client to come again. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 200\r\n\r\n{",
                "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
                "Content-Length: 2x\r\n\r\n{}",
                "X-Large: LARGE\r\nContent-Length: 2\r\n\r\n{}"
            })
    void answer_thatCannotBePassedOn_makesTheClientWait_andIsNoDefectOfTheService(String rest) throws Exception {
        rig.restore();
        String whole = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + rest;
        rig.answers((request, reply) -> reply.raw(whole.replace("LARGE", "x".repeat(10_000))));
        for (HttpRequest.Builder call : List.of(
                to(API + "runs/delete-tag").POST(BodyPublishers.ofString("{}")),
                to(ARTIFACTS + "1/small"),
                to(API + "registered-models/set-tag").POST(BodyPublishers.ofString("{}")))) {
            long asked = System.nanoTime();
            HttpResponse<String> answer = send(call);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValueAsLong("Retry-After").orElse(0))
                    .isGreaterThanOrEqualTo(10);
            assertThat(answer.headers().map()).doesNotContainKey("content-encoding");
            assertThat(answer.body()).contains("it may have done what was asked");
            assertThat(Served.since(asked)).as("waits for no byte").isLessThan(Duration.ofSeconds(2));
        }
        assertThat(rig.service().process().lines()).noneMatch(line -> line.contains("defect in this service"));
        rig.restore();
    }

    @Test
    void answer_thatBreaksInTheMiddle_breaksForTheClient() throws Exception {
        rig.restore();
        rig.answers((request, reply) -> {
            reply.head(200, Map.of("Content-Type", "application/octet-stream", "Transfer-Encoding", "chunked"));
            reply.raw("4000\r\n" + "x".repeat(0x4000) + "\r\n");
            reply.reset();
        });
        String answer = RawCall.send(
                rig.service().port(),
                "GET " + ARTIFACTS + "1/broken HTTP/1.1\r\nHost: localhost\r\nX-API-Key: " + Served.ADMIN_KEY
                        + "\r\n\r\n");
        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .doesNotEndWith("\r\n0\r\n\r\n")
                .doesNotContain("(silent)");
        rig.restore();
    }

    @Test
    void mlflow_thatHangs_takesItsOwnPlacesOnly() throws Exception {
        rig.restore();
        rig.answers((request, reply) -> reply.hang());
        List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
        for (int i = 0; i < 5 * CONNECTIONS; i++) {
            calls.add(CLIENT.sendAsync(
                    to(API + "runs/create").POST(BodyPublishers.ofString("{}")).build(), BodyHandlers.ofString()));
        }
        for (int i = 0; i < 10; i++) {
            long asked = System.nanoTime();
            assertThat(rig.service().get("/health").statusCode()).isEqualTo(200);
            assertThat(rig.service()
                            .get("/registrations/00000000-0000-0000-0000-000000000000", KEY)
                            .statusCode())
                    .isEqualTo(404);
            assertThat(Served.since(asked)).isLessThan(Duration.ofSeconds(1));
        }
        int saturated = 0;
        for (CompletableFuture<HttpResponse<String>> call : calls) {
            HttpResponse<String> answer = call.get(10, TimeUnit.SECONDS);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            saturated += answer.body().contains("saturated") ? 1 : 0;
        }
        assertThat(saturated).isGreaterThanOrEqualTo(3 * CONNECTIONS);
        rig.restore();
    }

    @Test
    void scopes_followTheEndpointAndNotTheMethod() throws Exception {
        rig.restore();
        String reader = rig.service()
                .post("/ops/keys", "{\"name\":\"reader\",\"scopes\":[\"models:read\"]}", "X-API-Key", Served.ADMIN_KEY)
                .body()
                .replaceAll("(?s).*\"key\":\"([^\"]+)\".*", "$1");
        String[] key = {"Authorization", "Bearer " + reader, "Content-Type", "application/json"};
        String latest = API + "registered-models/get-latest-versions";
        assertThat(rig.service().post(latest, "{\"name\":\"a\"}", key).statusCode())
                .isEqualTo(200);
        HttpResponse<String> refused = rig.service().post(API + "registered-models/create", "{\"name\":\"a\"}", key);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("\"error_code\":\"PERMISSION_DENIED\"");
        assertThat(rig.service().get(SEARCH).statusCode()).isEqualTo(401);
    }
}

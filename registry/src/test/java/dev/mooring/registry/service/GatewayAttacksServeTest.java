package dev.mooring.registry.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.testing.http.ScriptedRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The table of attempts to reach another path or host behind the service, to smuggle a request, or to speak to MLflow with a client's own
 * headers. Each goes over a raw socket to the running service; none may make the server behind it see a request.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GatewayAttacksServeTest {
    private static final String GET = "/api/2.0/mlflow/runs/get";

    private static GatewayRig rig;

    @BeforeAll
    static void start() throws Exception {
        rig = GatewayRig.started(Map.of());
    }

    @AfterAll
    static void end() {
        rig.close();
    }

    @BeforeEach
    void forget() {
        rig.mlflow().forget();
    }

    private static String head(String requestLine, String... headers) {
        return requestLine + "\r\nHost: localhost\r\nX-API-Key: " + Served.ADMIN_KEY + "\r\nConnection: close\r\n"
                + String.join("", headers) + "\r\n";
    }

    private static String send(String text) throws IOException {
        return RawCall.send(rig.service().port(), text);
    }

    private static List<ScriptedRequest> seen() {
        return rig.mlflow().requests().stream()
                .filter(request -> !isOfTheService(request))
                .toList();
    }

    /** Probes, and the mirror's questions: searches without the id that every request of a client has. */
    private static boolean isOfTheService(ScriptedRequest request) {
        return request.header("X-Request-ID").isEmpty()
                && request.path().matches("/behind/api/2.0/mlflow/(registered-models|model-versions)/search");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/2.0/mlflow/../../../admin                      | 400",
                "/api/2.0/mlflow/../../2.0/mlflow/runs/get           | 400",
                "/api/2.0/mlflow/./runs/get                          | 400",
                "/api/2.0/mlflow/runs/get/..                         | 400",
                "/api/2.0/mlflow/%2e%2e/%2e%2e/admin                 | 400",
                "/api/2.0/mlflow/runs/%2e/get                        | 400",
                "/api/2.0/mlflow/%252e%252e/admin                    | 400",
                "/api/2.0/mlflow/runs%2Fget                          | 400",
                "/api/2.0/mlflow/runs%252Fget                        | 400",
                "/api/2.0/mlflow/runs%5Cget                          | 400",
                "/api/2.0/mlflow/runs\\get                           | 400",
                "/api/2.0/mlflow//runs/get                           | 400",
                "//evil/api/2.0/mlflow/runs/get                      | 404",
                "/api/2.0/mlflow/runs/get;x=1                        | 400",
                "/api/2.0/mlflow/..;/..;/admin                       | 400",
                "/api/2.0/mlflow/runs/get%00                         | 400",
                "/api/2.0/mlflow/runs/get%0d%0aHost:%20evil          | 400",
                "/api/2.0/mlflow/runs/get%zz                         | 400",
                "/api/2.0/mlflow/runs/get/                           | 400",
                "/api/2.0/mlflow-artifacts/artifacts/1/%2e%2e/secret | 400",
                "/api/2.0/mlflow-artifacts/artifacts/..%2f..%2fetc   | 400",
                "/API/2.0/mlflow/runs/get                            | 404",
                "/mlflow/mlflow/api/2.0/mlflow/runs/get              | 404",
                "/mlflow/admin                                       | 404",
                "/api/2.0/mlflowx/runs/get                           | 404",
                "/graphql                                            | 404",
                "http://evil/api/2.0/mlflow/runs/get                 | 400",
                "http://localhost@evil/api/2.0/mlflow/runs/get       | 400",
                "/api/2.0/mlflow/runs/get?a=\"x\"                    | 400",
                "/api/2.0/mlflow/runs/get?a=%                        | 400",
                "*                                                   | 400"
            })
    void path_thatIsNoneOfMlflows_orIsWrittenInAnotherWay_isRefused(String target, int status) throws Exception {
        String answer = send(head("GET " + target + " HTTP/1.1"));
        assertThat(answer).startsWith("HTTP/1.1 4");
        assertThat(RawCall.status(answer)).as(answer).isEqualTo(status);
        assertThat(seen()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "CONNECT", "PROPFIND", "get", "BREW"})
    void method_thatMlflowDoesNotKnow_isRefused(String method) throws Exception {
        String answer = send(head(method + " " + GET + " HTTP/1.1"));
        assertThat(RawCall.status(answer)).isIn(400, 401, 405, 501);
        if (answer.contains("MLflow knows no such method")) {
            assertThat(answer).contains("Allow: GET, HEAD, OPTIONS\r\n");
        }
        assertThat(seen()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nContent-Length: 6\r\n",
                "Content-Length: 5, 6\r\n",
                "Content-Length: -1\r\n",
                "Content-Length: +5\r\n",
                "Transfer-Encoding: xchunked\r\n",
                "Transfer-Encoding: chunked, identity\r\n",
                "Transfer-Encoding : chunked\r\n",
                "Transfer-Encoding:\u000bchunked\r\n",
                "X-A: b\rX-Injected: c\r\n",
                "X-MLFLOW-WORKSPACE: a\r\nX-MLFLOW-WORKSPACE: b\r\n",
                "X-MLFLOW-WORKSPACE: a\r\nConnection: x-mlflow-workspace\r\n",
                "X-MLFLOW-WORKSPACE: \u00fc\r\n"
            })
    void headers_thatTwoServersReadInTwoWays_areRefused(String headers) throws Exception {
        String answer = send(
                head("POST /api/2.0/mlflow/runs/create HTTP/1.1", headers) + "0\r\n\r\nGET /admin HTTP/1.1\r\n\r\n");
        assertThat(RawCall.status(answer)).as(answer).isIn(400, 501);
        assertThat(seen()).isEmpty();
    }

    @Test
    void request_hiddenInABody_staysABody() throws Exception {
        String hidden = "GET /admin HTTP/1.1\r\nHost: x\r\n\r\n";
        // Both lengths: the chunks count (RFC 9112, 6.3), and only one framing may go on.
        String both = send(
                head("POST /api/2.0/mlflow/runs/create HTTP/1.1", "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n")
                        + "0\r\n\r\n" + hidden);
        String plain =
                send(head("POST /api/2.0/mlflow/runs/create HTTP/1.1", "Content-Length: " + hidden.length() + "\r\n")
                        + hidden);
        assertThat(RawCall.status(both)).isIn(200, 400);
        assertThat(RawCall.status(plain)).isEqualTo(200);
        assertThat(seen()).isNotEmpty().allSatisfy(request -> {
            assertThat(request.path()).isEqualTo("/behind/api/2.0/mlflow/runs/create");
            assertThat(request.headers().containsKey("Content-Length")
                            && request.headers().containsKey("Transfer-Encoding"))
                    .isFalse();
        });
    }

    @Test
    void body_thatCannotBeRead_isTheClientsMistake_andReachesNoServer() throws Exception {
        for (String call : List.of("runs/create", "model-versions/create", "registered-models/create")) {
            String head = head("POST /api/2.0/mlflow/" + call + " HTTP/1.1", "Transfer-Encoding: chunked\r\n");
            for (String body : List.of("zz\r\n{}\r\n0\r\n\r\n", "-1\r\n{}\r\n")) {
                String answer = send(head + body);
                assertThat(RawCall.status(answer)).as(answer).isEqualTo(400);
                assertThat(answer).contains("error_code");
            }
        }
        assertThat(seen()).isEmpty();
        assertThat(rig.service().process().lines()).noneMatch(line -> line.contains("\tat "));
    }

    @Test
    void headers_ofTheClient_cannotSpeakForTheService() throws Exception {
        String answer = send(head(
                "GET " + GET + "?run_id=1 HTTP/1.1",
                "Connection: close, X-Secret, Authorization\r\n",
                "X-Secret: 1\r\nAuthorization: Basic YTpi\r\nProxy-Authorization: x\r\nTE: trailers\r\n",
                "X-HTTP-Method-Override: DELETE\r\nX-Original-URL: /admin\r\nX-Forwarded-For: 1.2.3.4\r\n",
                "X_MLFLOW_WORKSPACE: other\r\nForwarded: for=1.2.3.4\r\nUpgrade: h2c\r\nHTTP2-Settings: AAA\r\n"));
        assertThat(RawCall.status(answer)).as(answer).isEqualTo(200);
        ScriptedRequest request = seen().get(seen().size() - 1);
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.headers().get("Host"))
                .containsExactly("127.0.0.1:" + rig.mlflow().port());
        assertThat(request.headers().get("Authorization")).containsExactly("Bearer token-of-the-service");
        assertThat(request.headers())
                .doesNotContainKeys(
                        "X-Secret",
                        "X-API-Key",
                        "Proxy-Authorization",
                        "TE",
                        "X-HTTP-Method-Override",
                        "X-Original-URL",
                        "X-Forwarded-For",
                        "X_MLFLOW_WORKSPACE",
                        "Forwarded",
                        "HTTP2-Settings");
    }
}

package dev.mooring.registry.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.testing.fuzz.Draw;
import dev.mooring.testing.fuzz.Fuzz;
import dev.mooring.testing.postgres.TestPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests of which a part cannot be read, whatever part it is, over raw sockets to the running service: each is refused with a status for the
 * client's mistake, in the form of its path, and none leaves a stack trace.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UnreadableRequestsServeTest {
    private static final String MLFLOW = "/api/2.0/mlflow/";
    private static final String JSON = "Content-Type: application/json\r\n";

    private static TestPostgres server;
    private static Served service;

    @BeforeAll
    static void start() throws Exception {
        server = TestPostgres.started();
        server.admin().createDatabase("mlflow_db");
        Map<String, String> variables = Served.variablesOf(server);
        variables.put("AUTH_ENABLED", "false");
        service = Served.with(variables).awaitReady();
        service.post("/models/register", "{\"name\":\"churn\",\"source\":\"s3://b/p\"}");
    }

    @AfterAll
    static void end() {
        service.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "GET /models?prefix=%ff | 400 | malformed_query",
                "GET /models?prefix=%C3 | 400 | malformed_query",
                "GET /models?prefix=%c0%af | 400 | malformed_query",
                "GET /models?prefix=%ed%a0%80 | 400 | malformed_query",
                "GET /models?prefix=% | 400 | malformed_query",
                "GET /models?prefix=%4 | 400 | malformed_query",
                "GET /models?prefix=%zz | 400 | malformed_query",
                "GET /models?%ff=1 | 400 | malformed_query",
                "GET /models?limit=%ff&prefix=a | 400 | malformed_query",
                "GET /models?unknown=%ff | 400 | malformed_query",
                "GET /models?page_token=%ff | 400 | malformed_query",
                "GET /models?prefix=%00 | 422 | prefix",
                "GET /models?limit=1%00 | 422 | limit",
                "GET /models?page_token=%00 | 422 | page_token",
                "GET /models/%ff | 400 | code",
                "GET /models/a%ffb/versions | 400 | code",
                "GET /models/%c0%ae%c0%ae/versions | 400 | code",
                "GET /models/churn/versions?limit=%ff | 400 | malformed_query",
                "GET /models/churn/history?at=%ff | 400 | malformed_query",
                "GET /registrations/%ff | 400 | code",
                "GET /health?verbose=%ff | 400 | malformed_query",
                "GET /livez?exclude=%ff | 400 | malformed_query",
                "GET /readyz?verbose&exclude=%zz | 400 | malformed_query",
                "GET /health/history?dependency=%ff | 400 | malformed_query",
                "GET /ops/audit?actor=%ff | 400 | malformed_query",
                "GET /ops/breakers/%ff | 400 | code",
                "GET /metrics?name%5B%5D=%ff | 400 | malformed_query",
                "GET /nowhere?x=%ff | 400 | malformed_query",
                "DELETE /models/%ff | 400 | code",
                "GET /api/2.0/mlflow/registered-models/get?name=%ff | 400 | error_code",
                "GET /api/2.0/mlflow/registered-models/search?filter=%C3%28 | 400 | error_code",
                "GET /ajax-api/2.0/mlflow/model-versions/search?page_token=%zz | 400 | error_code",
                "GET /api/2.0/mlflow/registered-models/get%ff | 400 | error_code",
                "GET /api/2.0/mlflow/registered-models/get?name=%00 | 400 | error_code",
                "GET /models/a%2Fb | 400 | code",
                "GET /models/a%5Cb | 400 | code",
                "GET /models/a%00b | 400 | code",
                "GET /models\\churn | 400 | code",
                "GET /models?a=\"b\" | 400 | code",
                "GET /models?a={b} | 400 | code",
                "GET models | 400 | code"
            })
    void address_thatCannotBeRead_isTheClientsMistake(String line, int status, String says) throws Exception {
        String answer = send(line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(RawCall.status(answer)).as(answer).isEqualTo(status);
        assertThat(answer).contains(says);
        assertNoTrace();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Content-Type: /                        | 415 | code",
                "Content-Type: nonsense                 | 415 | code",
                "Content-Type: application/json;charset=| 415 | code",
                "Content-Type: application/json;charset=utf-99 | 415 | code",
                "Content-Type: application/json; charset=utf-16 | 415 | unsupported_media_type",
                "Content-Type: application/json; charset=\"iso-8859-1\" | 415 | unsupported_media_type",
                "Content-Type: application/x-www-form-urlencoded | 415 | code",
                "Content-Type: multipart/form-data      | 415 | code",
                "Content-Type: multipart/form-data; boundary= | 415 | code",
                "Content-Type: multipart/form-data; boundary=x | 415 | code",
                "Content-Type: application/json~Content-Encoding: gzip | 415 | unsupported_media_type",
                "Content-Type: application/json~Content-Encoding: identity, br | 415 | unsupported_media_type",
                "Content-Type: application/json~Idempotency-Key: a b | 422 | Idempotency-Key",
                "Content-Type: application/json~Idempotency-Key: \u00e9 | 422 | Idempotency-Key",
                "Content-Type: application/json~Content-Length: x | 400 | code",
                "Content-Type: application/json~Transfer-Encoding: gzip | 501 | code",
                "Content-Type: application/json~Transfer-Encoding: chunked | 400 | code",
                "Content-Type: application/json~Expect: nonsense | 417 | ",
                "Content-Type: application/json~Bad Header: x | 400 | code",
                "Content-Type: application/json~X:a\u0001b | 400 | code"
            })
    void headers_thatCannotBeRead_areTheClientsMistake(String headers, int status, String says) throws Exception {
        String body = "{\"name\":\"churn\",\"source\":\"s3://b/p\"";
        String length = headers.contains("Content-Length") || headers.contains("Transfer-Encoding")
                ? ""
                : "Content-Length: " + body.length() + "\r\n";
        String answer = send("POST /models/register HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + headers.strip().replace("~", "\r\n") + "\r\n" + length + "\r\n" + body);
        assertThat(RawCall.status(answer)).as(answer).isEqualTo(status);
        assertThat(answer).contains(says == null ? "" : says);
        assertNoTrace();
    }

    @Test
    void body_inAnotherEncoding_isTheClientsMistake() throws Exception {
        String register = "{\"name\":\"enc\",\"source\":\"s3://b/p\"}";
        byte[] overlong = "{\"name\":\"en?\u00ae\",\"source\":\"s3://b/p\"}"
                .replace('?', '\u00c1')
                .getBytes(StandardCharsets.ISO_8859_1);
        List<byte[]> bodies = List.of(
                register.getBytes(StandardCharsets.UTF_16),
                register.getBytes(StandardCharsets.UTF_16LE),
                register.getBytes(StandardCharsets.UTF_16BE),
                "{\"name\":\"\u00e9\",\"source\":\"s3://b/p\"}".getBytes(StandardCharsets.ISO_8859_1),
                overlong);
        for (byte[] body : bodies) {
            String text = new String(body, StandardCharsets.ISO_8859_1);
            for (String path : List.of("/models/register", MLFLOW + "registered-models/create", "/ops/keys")) {
                String answer = post(path, JSON, text);
                assertThat(RawCall.status(answer)).as(path + " " + answer).isEqualTo(400);
                assertThat(answer).contains("UTF-8");
            }
        }
        String compressed = post(MLFLOW + "registered-models/create", JSON + "Content-Encoding: gzip\r\n", register);
        assertThat(RawCall.status(compressed)).as(compressed).isEqualTo(400);
        assertThat(compressed).contains("error_code", "Content-Encoding");
        assertThat(service.get("/models?prefix=en").body()).doesNotContain("\"name\":\"en");
        assertNoTrace();
    }

    @Test
    void chunksAndEnds_thatAreNone_areTheClientsMistake() throws Exception {
        for (String path : List.of("/models/register", MLFLOW + "registered-models/create", "/ops/keys")) {
            String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + JSON
                    + "Transfer-Encoding: chunked\r\n\r\n";
            for (String chunk : List.of(
                    "zz\r\n{}\r\n0\r\n\r\n", "-1\r\n{}\r\n", "2;\u0001\r\n{}\r\n0\r\n\r\n", "ffffffffff\r\n{}")) {
                String answer = send(head + chunk);
                assertThat(RawCall.status(answer)).as(path + " " + answer).isEqualTo(400);
            }
        }
        send("POST /models/register HTTP/1.1\r\nHost: localhost\r\n" + JSON + "Content-Length: 100\r\n\r\n{\"na");
        assertNoTrace();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cookie: =;;=\u00ff; a",
                "Authorization: Bearer \u00ff",
                "Authorization: Basic %%%",
                "X-API-Key: \u00ff\u0085",
                "X-Request-ID: \u00ff",
                "traceparent: 00-\u00ff",
                "Accept: nonsense",
                "Accept: a/b/c;q=x",
                "Accept-Language: *;;q=",
                "Accept-Charset: nonsense",
                "If-Modified-Since: never",
                "If-None-Match: \"",
                "Range: bytes=9-1",
                "X-Forwarded-For: \u00ff, ::::",
                "X-Forwarded-Proto: \u00ff",
                "X-Forwarded-Host: a b:c",
                "Forwarded: for=\";;",
                "Content-Length: 99999999999999999999",
                "Content-Type: \u00ff",
                "Content-Encoding: \u00ff",
                "Connection: \u00ff",
                "Upgrade: h2c",
                "Expect: 100-continue",
                "Idempotency-Key: \u00ff",
                "X-MLFLOW-WORKSPACE: \u00ff",
                "Host: second"
            })
    void header_ofAnyKind_neverMeansADefect(String header) throws Exception {
        for (String line : List.of(
                "GET /models",
                "GET /models/churn/versions/1",
                "GET /health",
                "GET /metrics",
                "GET " + MLFLOW + "registered-models/get?name=churn",
                "PUT /models/churn/aliases/a",
                "POST " + MLFLOW + "registered-models/create")) {
            int status = RawCall.status(send(request(line, header)));
            assertThat(status).as(line + " " + header).isBetween(100, 499);
        }
        assertNoTrace();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BREW /models",
                "get /models",
                "M\u00c9 /models",
                "GET  /models",
                "GET /models?prefix=\u00e9",
                "GET /models/\u00e9",
                "GET \\",
                "GET /\\",
                "GET /models;a=%ff",
                "OPTIONS *",
                "TRACE /models",
                "CONNECT localhost:80",
                "GET http://[::1/models",
                "GET http://evil.example/models",
                "PROPFIND /models",
                "POST /health",
                "GET /models/churn/versions/99999999999999999999",
                "GET /models/churn/history?at=+999999999-12-31T23:59:59-18:00",
                "GET /ops/audit?since=999999999999999d",
                "GET /health/history?dependency=database&since=PT999999999999999H"
            })
    void requestLine_ofAnyKind_neverMeansADefect(String line) throws Exception {
        assertThat(RawCall.status(send(request(line))))
                .as(line)
                .isBetween(200, 501)
                .isNotEqualTo(500);
        assertNoTrace();
    }

    @Test
    void requests_thatAreAlmostRight_neverMeanADefect() throws Exception {
        String register = request("POST /models/register", "Content-Type: application/json", "Idempotency-Key: k")
                .replace("close\r\n", "close\r\nContent-Length: 36\r\n")
                .concat("{\"name\":\"fuzz\",\"source\":\"s3://b/p\"}  ");
        String search =
                request("GET " + MLFLOW + "registered-models/search?filter=name%20LIKE%20%27c%25%27&max_results=5");
        String versions = request(
                "GET /models/churn/versions?limit=5&page_token=djEyMw", "Cookie: a=b", "Accept: application/json");
        Fuzz.rounds(150, draw -> {
            String answer = send(odd(draw, draw.of(register, search, versions)));
            assertThat(RawCall.status(answer)).as(answer).isNotEqualTo(500);
        });
        assertNoTrace();
        assertThat(service.status("/health/ready")).isEqualTo(200);
    }

    private static String request(String line, String... headers) {
        List<String> lines = new ArrayList<>(List.of(line + " HTTP/1.1", "Host: localhost"));
        lines.addAll(List.of(headers));
        lines.add("Connection: close");
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    /** The end stays, so that the service does not wait for more. */
    private static String odd(Draw draw, String right) {
        int end = right.indexOf("\r\nConnection: close");
        return draw.almost(right.substring(0, end)) + right.substring(end);
    }

    private static String post(String path, String headers, String body) throws IOException {
        return send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers
                + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private static String send(String text) throws IOException {
        return RawCall.sendAndEnd(service.port(), text);
    }

    private static void assertNoTrace() {
        assertThat(service.process().lines())
                .noneMatch(line -> line.contains("\tat ") || line.contains("\"level\":\"ERROR\""));
    }
}

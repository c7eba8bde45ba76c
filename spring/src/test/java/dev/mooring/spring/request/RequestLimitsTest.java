package dev.mooring.spring.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.time.Deadline;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@Timeout(60)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        classes = RequestLimitsTest.App.class,
        properties = {
            "server.address=127.0.0.1",
            "mooring.shutdown-drain-delay=0",
            "mooring.request.enabled=true",
            "mooring.correlation.enabled=true",
            "server.tomcat.threads.max=40",
            "mooring.request-timeout=2s",
            "mooring.max-request-size=64KB",
            "mooring.cors-allowed-origins=https://app.example.org"
        })
class RequestLimitsTest {
    private static final int PLACES = 30;

    @LocalServerPort
    private int port;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void requestId_wellFormed_isTakenIntoLogAndAnswer() throws Exception {
        HttpResponse<String> answer = send(get("/ids").header("X-Request-ID", "client-7.a_b"));
        assertThat(answer.body()).startsWith("client-7.a_b ");
        assertThat(answer.headers().firstValue("X-Request-ID")).contains("client-7.a_b");
    }

    @Test
    void requestId_malformed_isReplacedByOneOfOurs() throws Exception {
        String offered = "x".repeat(129);
        HttpResponse<String> answer = send(get("/ids").header("X-Request-ID", offered));
        assertThat(answer.headers().firstValue("X-Request-ID").orElseThrow())
                .hasSize(36)
                .isNotEqualTo(offered);
    }

    @Test
    void traceparent_givesTheTraceIdToTheLog() throws Exception {
        String trace = "0af7651916cd43dd8448eb211c80319c";
        HttpResponse<String> answer = send(get("/ids").header("traceparent", "00-" + trace + "-b7ad6b7169203331-01"));
        assertThat(answer.body()).endsWith(" " + trace);
    }

    @Test
    void bodyThatAnnouncesTooMuch_is413() throws Exception {
        HttpResponse<String> answer = send(post(BodyPublishers.ofString("x".repeat(65 * 1024))));
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("content_too_large");
    }

    @Test
    void bodyThatAnnouncesNothing_isCountedAndIs413() throws Exception {
        HttpResponse<String> answer = send(post(BodyPublishers.ofByteArrays(Collections.nCopies(33, new byte[2048]))));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(413);
    }

    @Test
    void bodyThatIsOffered_isAskedForWhenItIsReadAndNotWhenItIsTooLarge() throws Exception {
        assertThat(offer(10)).isEqualTo("HTTP/1.1 100");
        assertThat(offer(65 * 1024)).isEqualTo("HTTP/1.1 413");
    }

    private String offer(int length) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream()
                    .write(("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: " + length
                                    + "\r\nExpect: 100-continue\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void deadline_isOpenWhileTheRequestRuns() throws Exception {
        long left = Long.parseLong(send(get("/left")).body());
        assertThat(left).isBetween(1L, 2000L);
    }

    @Test
    void bodyThatStopsComing_is408InTheTimeOfARequest() throws Exception {
        assertThat(refusedAfter(Duration.ZERO)).isBetween(1500L, 2500L);
    }

    @Test
    void bodyThatComesByteByByte_is408InTheTimeOfARequestToo() throws Exception {
        assertThat(refusedAfter(Duration.ofMillis(1500))).isBetween(1500L, 2500L);
    }

    /** Sends half a body, and one byte more after {@code pause}; returns the milliseconds until the answer. */
    private long refusedAfter(Duration pause) throws Exception {
        long began = System.nanoTime();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(15_000);
            OutputStream out = socket.getOutputStream();
            out.write("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\nhalf"
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            if (!pause.isZero()) {
                CompletableFuture.runAsync(
                                () -> {}, CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS))
                        .get(10, TimeUnit.SECONDS);
                out.write('x');
                out.flush();
            }
            String status = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            System.out.println("measured slow body refused: " + took + " ms (at most 2500 ms)");
            assertThat(status).isEqualTo("HTTP/1.1 408");
            return took;
        }
    }

    @Test
    void requestBeyondAllPlaces_isRefusedAtOnce_andServedWhenOneIsFree() throws Exception {
        Waiting.arrived.drainPermits();
        Waiting.gate = new CountDownLatch(1);
        List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
        for (int i = 0; i < PLACES; i++) {
            waiting.add(client.sendAsync(get("/wait").build(), HttpResponse.BodyHandlers.ofString()));
        }
        assertThat(Waiting.arrived.tryAcquire(PLACES, 10, TimeUnit.SECONDS)).isTrue();
        HttpResponse<String> refused = send(get("/ids"));
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("saturated");
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        assertThat(send(get("/health/live")).statusCode()).isEqualTo(200);
        assertThat(send(get("/health")).statusCode()).isEqualTo(200);
        Waiting.gate.countDown();
        for (CompletableFuture<HttpResponse<String>> one : waiting) {
            assertThat(one.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        }
        assertThat(send(get("/ids")).statusCode()).isEqualTo(200);
    }

    @Test
    void webPageOfAnAllowedOrigin_mayCall() throws Exception {
        HttpResponse<String> answer = send(get("/ids").header("Origin", "https://app.example.org"));
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("https://app.example.org");
    }

    @Test
    void webPageOfAnotherOrigin_is403() throws Exception {
        HttpResponse<String> answer = send(get("/ids").header("Origin", "https://evil.example.org"));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("origin_not_allowed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"null", "%%%%", "http://[", "https://app.example.org.evil.example", "http://app.example.org"})
    void whatIsNotTheOriginOfAnAllowedPage_is403_andVaries(String origin) throws Exception {
        HttpResponse<String> answer = send(get("/ids").header("Origin", origin));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("Vary")).contains("Origin");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void webPageOfThisServiceBehindAProxyWithTls_mayCall() throws Exception {
        HttpResponse<String> answer = send(get("/ids").header("Origin", "https://127.0.0.1:" + port));

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void health_isReadByPagesOfAnAllowedOrigin_andRefusesNoOther() throws Exception {
        HttpResponse<String> allowed = send(get("/health/live").header("Origin", "https://app.example.org"));
        HttpResponse<String> asked = send(get("/health/live")
                .header("Origin", "https://app.example.org")
                .header("Access-Control-Request-Method", "GET")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
        HttpResponse<String> foreign = send(get("/health/live").header("Origin", "%%%%"));

        for (HttpResponse<String> answer : List.of(allowed, asked)) {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                    .contains("https://app.example.org");
        }
        assertThat(foreign.statusCode()).isEqualTo(200);
        assertThat(foreign.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder get(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20));
    }

    private HttpRequest.Builder post(HttpRequest.BodyPublisher body) {
        return get("/echo").header("Content-Type", "text/plain").POST(body);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
    @Import(Waiting.class)
    static class App {}

    @RestController
    static class Waiting {
        static final Semaphore arrived = new Semaphore(0);
        static volatile CountDownLatch gate = new CountDownLatch(0);

        @GetMapping("/ids")
        String ids() {
            return MDC.get("request_id") + " " + MDC.get("trace_id");
        }

        @GetMapping("/left")
        long left() {
            return Deadline.current().orElseThrow().left().toMillis();
        }

        @PostMapping("/echo")
        int echo(@RequestBody String body) {
            return body.length();
        }

        @GetMapping("/wait")
        String waits() throws InterruptedException {
            arrived.release();
            return gate.await(20, TimeUnit.SECONDS) ? "done" : "not in time";
        }
    }
}

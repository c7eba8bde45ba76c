package dev.mooring.spring.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.time.Deadline;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RestController;

/** Requests that take longer than others, and requests whose bodies have any size. */
@Timeout(60)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        classes = OwnLimitsTest.App.class,
        properties = {
            "server.address=127.0.0.1",
            "mooring.shutdown-drain-delay=0",
            "mooring.request.enabled=true",
            "mooring.request-timeout=1s",
            "mooring.max-request-size=1KB"
        })
class OwnLimitsTest {
    @LocalServerPort
    private int port;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void request_thatMayTakeLonger_hasItsOwnDeadline_andTheUsualBody() throws Exception {
        assertThat(get("/usual")).isBetween(1L, 1_000L);
        assertThat(get("/long")).isBetween(10_000L, 30_000L);
        assertThat(get("/streams")).isEqualTo(-1);
        assertThat(post("/long", 2_000)).isEqualTo("413 ");
        assertThat(post("/streams", 2_000)).isEqualTo("200 2000");
        assertThat(statusOfHalfABody("/long")).isEqualTo("408");
    }

    @Test
    void client_thatReadsNothing_isGivenUpAfterTheIdleLimit_andNotTheConnection() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setReceiveBufferSize(4_096);
            socket.getOutputStream()
                    .write("GET /endless HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(Calls.ended.get(20, TimeUnit.SECONDS)).isLessThan(Duration.ofSeconds(15));
        }
        assertThat(get("/usual")).isPositive();
    }

    private long get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return Long.parseLong(client.send(request, BodyHandlers.ofString()).body());
    }

    private String post(String path, int bytes) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .POST(BodyPublishers.ofByteArray(new byte[bytes]))
                .build();
        var answer = client.send(request, BodyHandlers.ofString());
        return answer.statusCode() + " " + (answer.statusCode() == 200 ? answer.body() : "");
    }

    private String statusOfHalfABody(String path) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII).substring(9);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
    @Import(Calls.class)
    static class App {
        @Bean
        OwnLimits limits() {
            return request -> switch (request.getRequestURI()) {
                case "/long" -> Optional.of(RequestLimit.within(Duration.ofSeconds(30)));
                case "/streams", "/endless" -> Optional.of(RequestLimit.ofStreams());
                default -> Optional.empty();
            };
        }
    }

    @RestController
    static class Calls {
        static final CompletableFuture<Duration> ended = new CompletableFuture<>();

        @GetMapping({"/usual", "/long", "/streams"})
        long left() {
            return Deadline.current().map(end -> end.left().toMillis()).orElse(-1L);
        }

        @PostMapping({"/long", "/streams"})
        long size(HttpServletRequest request) throws IOException {
            try (InputStream body = request.getInputStream()) {
                return body.readAllBytes().length;
            }
        }

        @GetMapping("/endless")
        void endless(@RequestAttribute("dev.mooring.spring.request.IdleLimit") IdleLimit limit, HttpServletResponse to)
                throws IOException {
            limit.idle(Duration.ofMillis(300));
            long begun = System.nanoTime();
            try {
                while (true) {
                    to.getOutputStream().write(new byte[8_192]);
                }
            } finally {
                ended.complete(Duration.ofNanos(System.nanoTime() - begun));
            }
        }
    }
}

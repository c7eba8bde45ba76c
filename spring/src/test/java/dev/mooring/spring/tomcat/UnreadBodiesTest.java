package dev.mooring.spring.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;

@Timeout(60)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        classes = UnreadBodiesTest.App.class,
        properties = {
            "server.address=127.0.0.1",
            "mooring.shutdown-drain-delay=0",
            "mooring.request.enabled=true",
            "server.tomcat.threads.max=" + UnreadBodiesTest.THREADS,
            "mooring.request-timeout=5s"
        })
class UnreadBodiesTest {
    static final int THREADS = 40;
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    @LocalServerPort
    private int port;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Test
    void bodies_thatNobodyReads_holdNoThreads() throws Exception {
        for (int i = 0; i < 2 * THREADS; i++) {
            Socket refused = sendHalfABody("/nowhere");
            assertThat(line(refused)).isEqualTo("HTTP/1.1 404 ");
        }

        assertThat(health()).isEqualTo(200);
    }

    @Test
    void bodies_thatClientsOfferAndNoCodeReads_areNotAskedForAndHoldNoThreads() throws Exception {
        for (int i = 0; i < 2 * THREADS; i++) {
            Socket offered = send("POST /nowhere", "Expect: 100-continue\r\n", "");
            assertThat(new String(offered.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 404 ")
                    .containsIgnoringCase("Connection: close");
        }

        assertThat(health()).isEqualTo(200);
    }

    @Test
    void body_thatComesAfterItsAnswer_isTakenSoThatTheAnswerCanBeRead() throws Exception {
        Socket socket = sendHalfABody("/nowhere");
        assertThat(line(socket)).isEqualTo("HTTP/1.1 404 ");
        socket.getOutputStream().write(new byte[96]);
        socket.getOutputStream()
                .write("GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));

        String rest = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(rest).as("the same connection serves the next request").contains("{\"status\":\"alive\"}");
    }

    @Test
    void body_thatNeverComes_endsItsConnection() throws Exception {
        Socket socket = sendHalfABody("/nowhere");

        String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(all).startsWith("HTTP/1.1 404 ");
    }

    private int health() throws IOException, InterruptedException {
        HttpRequest health = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/live"))
                .timeout(AT_ONCE)
                .build();
        return client.send(health, BodyHandlers.ofString()).statusCode();
    }

    private Socket sendHalfABody(String path) throws IOException {
        return send("POST " + path, "", "half");
    }

    private Socket send(String request, String header, String body) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        sockets.add(socket);
        socket.setSoTimeout(10_000);
        String head = request + " HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n" + header;
        socket.getOutputStream().write((head + "\r\n" + body).getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** The beginning of the answer, as long as a status line without its reason. */
    private static String line(Socket socket) throws IOException {
        return new String(socket.getInputStream().readNBytes("HTTP/1.1 404 ".length()), StandardCharsets.US_ASCII);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
    static class App {}
}

package dev.mooring.spring.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@Timeout(60)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        classes = SlowBodiesTest.App.class,
        properties = {
            "server.address=127.0.0.1",
            "mooring.shutdown-drain-delay=0",
            "mooring.request.enabled=true",
            "server.tomcat.threads.max=40",
            "mooring.request-timeout=1s"
        })
class SlowBodiesTest {
    private static final int PLACES = 30;
    /** Tomcat looks once a second for sockets whose timeout is over. */
    private static final Duration TWO_LOOKS = Duration.ofMillis(2_500);

    @LocalServerPort
    private int port;

    private final HttpClient client = HttpClient.newHttpClient();

    /**
     * Tomcat would start a thread for each socket whose timeout is over, and that thread would wait for the one of the request:
     * together they would take all the threads that are kept free.
     */
    @Test
    void bodies_that_end_in_time_outs_together_leave_the_threads_that_are_kept_free_to_health() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < PLACES; i++) {
                sockets.add(sendHalfABody());
            }
            assertThat(Bodies.timedOut.tryAcquire(PLACES, 10, TimeUnit.SECONDS)).isTrue();
            long begun = System.nanoTime();
            while (System.nanoTime() - begun < TWO_LOOKS.toNanos()) {
                HttpRequest health = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/live"))
                        .timeout(Duration.ofSeconds(1))
                        .build();
                assertThat(client.send(health, BodyHandlers.ofString()).statusCode())
                        .isEqualTo(200);
            }
        } finally {
            Bodies.gate.countDown();
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private Socket sendHalfABody() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream()
                .write("POST /bodies HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\nhalf"
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
    @Import(Bodies.class)
    static class App {}

    @RestController
    static class Bodies {
        static final Semaphore timedOut = new Semaphore(0);
        static final CountDownLatch gate = new CountDownLatch(1);

        /** Keeps its thread after the body did not arrive, as a slow response would. */
        @PostMapping("/bodies")
        boolean take(HttpServletRequest request) throws Exception {
            try (InputStream body = request.getInputStream()) {
                body.readAllBytes();
                return true;
            } catch (RuntimeException | IOException tooSlow) {
                timedOut.release();
                return gate.await(20, TimeUnit.SECONDS);
            }
        }
    }
}

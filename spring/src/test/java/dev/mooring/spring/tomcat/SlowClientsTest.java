package dev.mooring.spring.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
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
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Clients that let the server wait. */
@Timeout(60)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        classes = SlowClientsTest.App.class,
        properties = {
            "server.address=127.0.0.1",
            "mooring.shutdown-drain-delay=0",
            "mooring.request.enabled=true",
            "server.tomcat.threads.max=" + SlowClientsTest.THREADS,
            "server.tomcat.max-connections=" + SlowClientsTest.CONNECTIONS,
            "mooring.request-timeout=2s"
        })
class SlowClientsTest {
    static final int THREADS = 40;
    static final int CONNECTIONS = 80;
    private static final String HEALTH = "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final int SMALL = 4 * 1024;

    @LocalServerPort
    private int port;

    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Test
    void head_thatComesByteByByte_hasTwiceTheTimeOfARequestAsAWhole() throws Exception {
        Socket slow = open();
        long begun = System.nanoTime();

        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> !takes(slow, "G"));

        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(Duration.ofMillis(3_800), Duration.ofSeconds(7));
    }

    @Test
    void answer_thatIsReadByteByByte_hasTheTimeOfARequestAsAWhole() throws Exception {
        Socket slow = open();
        send(slow, "GET /large HTTP/1.1\r\nHost: x\r\n\r\n");
        long begun = System.nanoTime();

        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> !gives(slow, 20_000));

        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(Duration.ofMillis(1_800), Duration.ofSeconds(4));
    }

    @Test
    void answers_thatNoClientReads_leaveAQuarterOfThePlaces() throws Exception {
        for (int i = 0; i < CONNECTIONS / 2; i++) {
            send(open(), "GET /large HTTP/1.1\r\nHost: x\r\n\r\n");
        }

        await().atMost(Duration.ofMillis(1_500)).until(() -> status("/small") == 200);
    }

    @Test
    void health_askedAheadAndNeverRead_closesTheConnection() throws Exception {
        Socket ahead = open();
        send(ahead, HEALTH.repeat(100));

        String answers = new String(ahead.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(answers.split("HTTP/1.1 200", -1)).hasSizeBetween(30, 40);
        assertThat(answers).containsIgnoringCase("Connection: close");
    }

    @Test
    void requests_oneAfterTheOther_keepTheirConnection() throws Exception {
        Socket socket = open();
        for (int i = 0; i < 500; i++) {
            send(socket, HEALTH);
            assertThat(answer(socket)).doesNotContainIgnoringCase("Connection: close");
        }
    }

    @Test
    void connections_withoutARequest_makeRoomForOthers() throws Exception {
        for (int i = 0; i < 2 * CONNECTIONS; i++) {
            send(open(), i % 2 == 0 ? "GET / HTTP/1.1\r\n" : "");
        }

        assertThat(status("/small")).isEqualTo(200);
    }

    /** Some of the answer, or false if the connection is closed. */
    private static boolean gives(Socket socket, int bytes) {
        try {
            return socket.getInputStream().readNBytes(bytes).length == bytes;
        } catch (IOException closed) {
            return false;
        }
    }

    private static boolean takes(Socket socket, String text) {
        try {
            send(socket, text);
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    /** The status of an answer on a fresh connection; 0 without an answer. */
    private int status(String path) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(900);
            send(socket, "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            byte[] head = socket.getInputStream().readNBytes(12);
            return head.length < 12 ? 0 : Integer.parseInt(new String(head, 9, 3, StandardCharsets.US_ASCII));
        } catch (IOException refused) {
            return 0;
        }
    }

    private Socket open() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(SMALL);
        socket.setSoTimeout(10_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        sockets.add(socket);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** One answer of health. */
    private static String answer(Socket socket) throws IOException {
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("}") < 0) {
            answer.append((char) socket.getInputStream().read());
        }
        return answer.toString();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
    @Import(Answers.class)
    static class App {}

    @RestController
    static class Answers {
        private static final byte[] LARGE = new byte[8_000_000];

        @GetMapping("/large")
        byte[] large() {
            return LARGE;
        }

        @GetMapping("/small")
        String small() {
            return "small";
        }
    }
}

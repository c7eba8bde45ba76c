package dev.mooring.registry.service;

import static dev.mooring.registry.service.GatewayRig.ARTIFACTS;
import static dev.mooring.registry.service.GatewayRig.KEY;
import static dev.mooring.registry.service.GatewayRig.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
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
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bodies of any size, and clients that send or read slowly, on a service with a heap of 256 MB. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GatewayArtifactsServeTest {
    private static final long GIBIBYTE = 1L << 30;
    private static final int CONNECTIONS = 4;
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static GatewayRig rig;

    @BeforeAll
    static void start() throws Exception {
        rig = GatewayRig.started(Map.of(
                "JAVA_TOOL_OPTIONS", "-Xmx256m",
                "MLFLOW_TIMEOUT", "3",
                "REQUEST_TIMEOUT", "1",
                "MLFLOW_MAX_CONNECTIONS", String.valueOf(CONNECTIONS)));
    }

    @AfterAll
    static void end() {
        rig.close();
    }

    private static HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + rig.service().port() + path))
                .headers(KEY);
    }

    @Test
    @Tag("long")
    void artifact_ofAGibibyte_goesUpAndDownInConstantMemory() throws Exception {
        AtomicLong arrived = new AtomicLong();
        rig.answers((request, reply) -> {
            if (request.method().equals("PUT")) {
                arrived.set(request.body().transferTo(OutputStream.nullOutputStream()));
                reply.json(200, "{}");
            } else {
                OutputStream out = reply.head(
                        200, Map.of("Content-Type", "application/octet-stream", "Content-Length", "" + GIBIBYTE));
                new Zeros().transferTo(out);
                reply.done();
            }
        });
        long begun = System.nanoTime();
        HttpResponse<String> up = CLIENT.send(
                to(ARTIFACTS + "1/large")
                        .PUT(BodyPublishers.ofInputStream(Zeros::new))
                        .build(),
                BodyHandlers.ofString());
        Served.measured("1 GiB up", Served.since(begun), "60000 ms");
        assertThat(up.statusCode()).as(up.body()).isEqualTo(200);
        assertThat(arrived).hasValue(GIBIBYTE);

        begun = System.nanoTime();
        HttpResponse<InputStream> down = CLIENT.send(to(ARTIFACTS + "1/large").build(), BodyHandlers.ofInputStream());
        assertThat(down.headers().firstValueAsLong("Content-Length")).hasValue(GIBIBYTE);
        try (InputStream body = down.body()) {
            assertThat(body.transferTo(OutputStream.nullOutputStream())).isEqualTo(GIBIBYTE);
        }
        Served.measured("1 GiB down", Served.since(begun), "60000 ms");
    }

    @Test
    void clients_thatNeverReadOrSend_holdHalfOfTheConnections_andNotForEver() throws Exception {
        rig.answers((request, reply) -> {
            if (request.path().endsWith("endless")) {
                new Zeros()
                        .transferTo(reply.head(
                                200, Map.of("Content-Type", "application/x", "Content-Length", "" + GIBIBYTE)));
            }
            reply.json(200, "{}");
        });
        List<Socket> slow = new ArrayList<>();
        try {
            slow.add(open("GET " + ARTIFACTS + "1/endless HTTP/1.1", ""));
            slow.add(open("PUT " + ARTIFACTS + "1/silent HTTP/1.1", "Content-Length: 1000000\r\n"));
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> rig.requests(ARTIFACTS + "1/endless").size() == 1);
            HttpResponse<String> other =
                    CLIENT.send(to(SEARCH + "?max_results=5").build(), BodyHandlers.ofString());
            assertThat(other.statusCode()).isEqualTo(200);
            assertThat(rig.service().get("/health").statusCode()).isEqualTo(200);

            await().atMost(Duration.ofSeconds(15)).until(() -> read(slow.get(1)).startsWith("HTTP/1.1 408"));
            await().atMost(Duration.ofSeconds(15)).until(() -> rig.mlflow().openConnections() <= CONNECTIONS / 2);
            for (int i = 0; i < CONNECTIONS; i++) {
                HttpResponse<String> free =
                        CLIENT.send(to(ARTIFACTS + "1/small").build(), BodyHandlers.ofString());
                assertThat(free.statusCode()).isEqualTo(200);
            }
        } finally {
            for (Socket each : slow) {
                each.close();
            }
        }
    }

    @Test
    void artifacts_beyondTheirPlaces_areRefusedAfterAShortWait_andOtherCallsGoOn() throws Exception {
        rig.answers((request, reply) -> {
            if (request.path().contains("artifacts")) {
                reply.hang();
            }
            reply.json(200, "{}");
        });
        List<Socket> held = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS / 2; i++) {
                held.add(open("PUT " + ARTIFACTS + "1/held" + i + " HTTP/1.1", "Content-Length: 1000000\r\n"));
            }
            // A byte now and then keeps a stream alive.
            for (int i = 0; i < 3; i++) {
                for (Socket each : held) {
                    each.getOutputStream().write('x');
                }
                HttpResponse<String> other =
                        CLIENT.send(to(SEARCH + "?max_results=5").build(), BodyHandlers.ofString());
                assertThat(other.statusCode()).isEqualTo(200);
            }
            HttpResponse<String> refused =
                    CLIENT.send(to(ARTIFACTS + "1/one-more").build(), BodyHandlers.ofString());
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        } finally {
            for (Socket each : held) {
                each.close();
            }
        }
    }

    private static Socket open(String requestLine, String headers) throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), rig.service().port());
        socket.setReceiveBufferSize(16 * 1024);
        socket.setSoTimeout(10_000);
        socket.getOutputStream()
                .write((requestLine + "\r\nHost: localhost\r\nX-API-Key: " + Served.ADMIN_KEY + "\r\n" + headers
                                + "\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return socket;
    }

    private static String read(Socket socket) throws IOException {
        byte[] some = socket.getInputStream().readNBytes(12);
        return new String(some, StandardCharsets.ISO_8859_1);
    }

    /** As many zeros as a gibibyte has. */
    private static final class Zeros extends InputStream {
        private long left = GIBIBYTE;

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int count = (int) Math.min(length, left);
            left -= count;
            return count;
        }

        @Override
        public long transferTo(OutputStream out) throws IOException {
            byte[] part = new byte[64 * 1024];
            for (long sent = 0; sent < GIBIBYTE; sent += part.length) {
                out.write(part);
            }
            return GIBIBYTE;
        }
    }
}

package dev.mooring.registry.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server in the place of MLflow that answers each call on its registry with megabytes, to a gateway whose heap has 256 MB. */
@Tag("long")
@Tag("alone")
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GatewayMemoryServeTest {
    private static final int CLIENTS = 30;
    private static final int ROUNDS = 3;

    private final Queue<String> answers = new ConcurrentLinkedQueue<>();

    @Test
    void hugeAnswersOfMlflow_manyAtATime_neverFillTheMemory_andArriveWhole() throws Exception {
        String huge = "{\"registered_models\":[" + "{},".repeat(2_400_000) + "{}]}";
        String large = "{\"registered_model\":{\"name\":\"a\",\"tags\":[" + "{},".repeat(1_200_000) + "{}]}}";
        try (GatewayRig rig = GatewayRig.started(Map.of("JAVA_TOOL_OPTIONS", "-Xmx256m"))) {
            rig.answers((request, reply) -> reply.json(200, request.method().equals("GET") ? huge : large));
            ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
            int port = rig.service().port();
            for (int i = 0; i < CLIENTS; i++) {
                String call = i % 3 == 0
                        ? call("POST " + GatewayRig.API + "registered-models/create", "{\"name\":\"a\"}")
                        : call("GET " + GatewayRig.SEARCH, "");
                threads.execute(() -> repeat(port, call));
            }
            threads.shutdown();
            while (!threads.awaitTermination(50, TimeUnit.MILLISECONDS)) {
                long begun = System.nanoTime();
                assertThat(rig.service().status("/health/live")).isEqualTo(200);
                assertThat(Served.since(begun)).isLessThan(Duration.ofSeconds(1));
            }

            assertThat(rig.service().process().isAlive()).isTrue();
            assertThat(rig.service().process().lines()).noneMatch(line -> line.contains("OutOfMemoryError"));
            assertThat(answers)
                    .hasSize(CLIENTS * ROUNDS)
                    .contains("200 " + huge.length(), "200 " + large.length())
                    .allMatch(answer -> answer.equals("200 " + huge.length())
                            || answer.equals("200 " + large.length())
                            || answer.startsWith("503 "));
        }
    }

    private static String call(String line, String body) {
        return line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-API-Key: " + Served.ADMIN_KEY
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private void repeat(int port, String call) {
        for (int i = 0; i < ROUNDS; i++) {
            try {
                answers.add(answer(port, call));
            } catch (IOException broken) {
                answers.add(broken.toString());
            }
        }
    }

    /** The status of an answer and the length of its body, which is read and not kept. */
    private static String answer(int port, String call) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(call.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int one = in.read();
                if (one < 0) {
                    return "no answer";
                }
                head.append((char) one);
            }
            long length = 0;
            byte[] part = new byte[64 * 1024];
            for (int count = in.read(part); count >= 0; count = in.read(part)) {
                length += count;
            }
            return head.substring(9, 12) + " " + length;
        }
    }
}

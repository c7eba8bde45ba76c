package dev.mooring.testing.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mooring.testing.tls.SelfSigned;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ScriptedServerTest {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void request_isReadAsItArrived_withALengthAndInChunks() throws Exception {
        try (ScriptedServer server = ScriptedServer.start()) {
            server.answers((request, reply) -> reply.json(201, request.text()));
            byte[] body = "x".repeat(50_000).getBytes(StandardCharsets.UTF_8);
            for (var publisher : new HttpRequest.BodyPublisher[] {
                BodyPublishers.ofByteArray(body), BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))
            }) {
                HttpResponse<String> answer = client.send(
                        HttpRequest.newBuilder(server.uri().resolve("/a?b=c"))
                                .header("X-Test", "yes")
                                .POST(publisher)
                                .build(),
                        BodyHandlers.ofString());
                assertThat(answer.statusCode()).isEqualTo(201);
                assertThat(answer.body()).hasSize(50_000);
            }
            ScriptedRequest last = server.requests().get(1);
            assertThat(last).hasToString("POST /a?b=c");
            assertThat(last.path()).isEqualTo("/a");
            assertThat(last.header("x-test")).contains("yes");
            assertThat(last.onItsConnection()).isEqualTo(2);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void scripts_hangResetBreakOffAndCloseIdleConnections() throws Exception {
        try (ScriptedServer server = ScriptedServer.start()) {
            server.answers((request, reply) -> reply.reset());
            assertThatThrownBy(() -> get(server)).isInstanceOf(IOException.class);

            server.answers((request, reply) -> {
                OutputStream out = reply.head(200, Map.of("Content-Length", "5"));
                out.write(new byte[] {1, 2});
                reply.raw("");
            });
            assertThatThrownBy(() -> get(server)).isInstanceOf(IOException.class);

            server.answers((request, reply) -> {
                reply.raw("HTTP/1.1 204 No Content\r\n\r\n");
                reply.done();
            });
            assertThat(get(server).statusCode()).isEqualTo(204);

            server.answers((request, reply) -> reply.hang());
            int before = server.arrived();
            var hanging = client.sendAsync(HttpRequest.newBuilder(server.uri()).build(), BodyHandlers.ofString());
            await().until(() -> server.arrived() > before);
            server.answers((request, reply) -> reply.json(200, "{}"));
            await().until(hanging::isDone);

            server.closesIdleAfter(Duration.ofMillis(50));
            try (Socket idle = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                assertThat(idle.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    @Test
    void server_goesAwayAndComesBack_andDropsConnectionsAtTheDoor() throws Exception {
        try (ScriptedServer server = ScriptedServer.start()) {
            assertThat(get(server).body()).isEqualTo("{}");
            // Many times, because a listener that outlives its closing answers only if the request is quick.
            for (int time = 0; time < 50; time++) {
                server.goesAway();
                assertThatThrownBy(() -> get(server)).as("time %d", time).isInstanceOf(IOException.class);
                server.comesBack();
                assertThat(get(server).body()).isEqualTo("{}");
            }
            await().until(() -> server.openConnections() == 1);
            server.welcomes(ScriptedServer::resetting);
            try (Socket dropped = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                InputStream in = dropped.getInputStream();
                assertThatThrownBy(in::read).isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void server_withACertificate_speaksTls(@TempDir Path folder) {
        try (ScriptedServer server =
                ScriptedServer.startTls(SelfSigned.in(folder).context())) {
            assertThat(server.uri()).hasScheme("https");
            assertThatThrownBy(() -> get(server)).hasMessageContaining("certification path");
        }
    }

    private HttpResponse<String> get(ScriptedServer server) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(server.uri()).build(), BodyHandlers.ofString());
    }
}

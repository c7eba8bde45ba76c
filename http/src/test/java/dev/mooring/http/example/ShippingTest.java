package dev.mooring.http.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.Mooring;
import dev.mooring.health.Status;
import dev.mooring.http.HttpBackend;
import dev.mooring.http.example.Shipping.Order;
import dev.mooring.http.settings.HttpSettings;
import dev.mooring.testing.http.ScriptedServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the code of docs/how-to/http-backends.md against a server that works, refuses, breaks off and goes away. */
@Timeout(60)
class ShippingTest {
    @Test
    void probeOfAPlainPage_believesOnlyTheTextThatItExpects() {
        try (ScriptedServer server = ScriptedServer.start();
                HttpBackend backend = HttpBackend.with(HttpSettings.at("plain", server.uri()))
                        .probe(Shipping.plainProbe())
                        .build();
                Mooring mooring = Mooring.supervise(backend.dependency())) {
            server.answers((request, reply) -> reply.send(200, "text/plain", "OK\n"));
            await().until(() -> status(mooring) == Status.UP);
            server.answers((request, reply) -> reply.send(200, "text/plain", "starting"));
            await().until(() -> status(mooring) == Status.DOWN);
        }
    }

    private static Status status(Mooring mooring) {
        return mooring.health().dependency("plain").orElseThrow().status();
    }

    @Test
    void code_ofThePage_doesWhatThePageSays(@TempDir Path folder) throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "t0ken\n");
        try (ScriptedServer server = ScriptedServer.start()) {
            Shipping shipping = new Shipping(server.uri(), token);
            try (var backend = shipping.backend();
                    Mooring mooring = Mooring.supervise(backend.dependency())) {
                await().until(() -> mooring.health()
                        .dependency("shipping")
                        .filter(health -> health.status() == Status.UP)
                        .isPresent());

                server.answers((request, reply) -> reply.json(200, "{\"at\":\"" + request.target() + "\"}"));
                assertThat(shipping.track("a b")).isEqualTo("{\"at\":\"/track?order=a%20b\"}");
                assertThat(shipping.place("{}")).isEqualTo(Order.PLACED);

                server.answers((request, reply) -> reply.json(422, "{}"));
                assertThat(shipping.place("{}")).isEqualTo(Order.REFUSED);

                ByteArrayOutputStream stored = new ByteArrayOutputStream();
                server.answers((request, reply) -> {
                    request.body().transferTo(stored);
                    reply.send(
                            request.method().equals("PUT") ? 201 : 200,
                            "text/plain",
                            stored.toString(StandardCharsets.UTF_8));
                });
                shipping.upload(new ByteArrayInputStream("label".getBytes(StandardCharsets.UTF_8)), 5);
                ByteArrayOutputStream copy = new ByteArrayOutputStream();
                shipping.download(copy);
                assertThat(copy).hasToString("label");

                server.answers((request, reply) -> {
                    if (request.method().equals("POST")) {
                        reply.reset();
                    } else {
                        reply.json(200, "{}");
                    }
                });
                assertThat(shipping.place("{}")).isEqualTo(Order.UNKNOWN);

                server.goesAway();
                assertThat(shipping.place("{}")).isEqualTo(Order.NOT_SENT);
                await().until(() ->
                        mooring.health().dependency("shipping").orElseThrow().status() == Status.DOWN);
                assertThat(mooring.health().ready()).isTrue();
                assertThat(shipping.place("{}")).isEqualTo(Order.NOT_SENT);
            }
        }
    }
}

package dev.mooring.examples.beforeafter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.embedded.machine.FreePort;
import dev.mooring.testing.postgres.TestPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

@Timeout(60)
class NotesApplicationTest {
    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void note_isKept_andTheApplicationIsReady() throws Exception {
        int port = FreePort.choose();
        try (TestPostgres database = TestPostgres.started();
                ConfigurableApplicationContext context =
                        SpringApplication.run(NotesApplication.class, Notes.arguments(database, port))) {
            assertThat(context.isRunning()).isTrue();
            assertThat(send(port, "/notes", "buy milk").statusCode()).isEqualTo(200);
            assertThat(send(port, "/notes", "").body()).isEqualTo("[\"buy milk\"]");
            assertThat(send(port, Notes.READINESS, "").statusCode()).isEqualTo(200);
        }
    }

    /** Asks, or posts a text that is not empty. */
    private HttpResponse<String> send(int port, String path, String text) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        return client.send(
                text.isEmpty()
                        ? request.build()
                        : request.POST(BodyPublishers.ofString(text)).build(),
                BodyHandlers.ofString());
    }
}

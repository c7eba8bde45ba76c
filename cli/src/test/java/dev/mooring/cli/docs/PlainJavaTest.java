package dev.mooring.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.embedded.machine.Signal;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.process.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class PlainJavaTest {
    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void program_whoseDatabaseStopsAndComesBack_saysSoAndAnswersAgain() throws Exception {
        try (TestPostgres database = TestPostgres.started();
                ChildProcess program = ChildProcess.java(PlainJava.class.getName())
                        .environment("DATABASE_HOST", database.host())
                        .environment("DATABASE_PORT", String.valueOf(database.port()))
                        .environment("DATABASE_USER", database.admin().user())
                        .environment("DATABASE_PASSWORD", database.admin().password())
                        .environment("DATABASE_NAME", "postgres")
                        .start()) {
            String address =
                    program.awaitLine("listening on ", Duration.ofSeconds(30)).replace("listening on ", "");
            awaitReady(address, 200);
            assertThat(get(address + "/now").statusCode()).isEqualTo(200);
            database.stop();
            awaitReady(address, 503);
            assertThat(get(address + "/now").body()).contains("database is not available");
            database.start();
            awaitReady(address, 200);
            assertThat(get(address + "/now").statusCode()).isEqualTo(200);
            program.signal(Signal.TERM);
            assertThat(program.awaitExit(Duration.ofSeconds(20)))
                    .as("%s", program)
                    .isEqualTo(143);
        }
    }

    private void awaitReady(String address, int status) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> get(address + "/health/ready").statusCode() == status);
    }

    private HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    }
}

package dev.mooring.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.embedded.machine.FreePort;
import dev.mooring.embedded.machine.Signal;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.process.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Does what the pages for Kubernetes and ECS say: the SQL on a real server, then the service with the settings of the page. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeploymentPagesTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    private Path secrets;

    @Test
    void kubernetes_settingsOfThePage_leadToAServiceThatIsReady() throws Exception {
        Page page = Repository.page("docs/how-to/kubernetes.md");
        Manifest manifest = Manifest.of(page);

        becomesReady(page, manifest.environment(secrets), manifest.probes());
    }

    @Test
    void ecs_settingsOfThePage_leadToAServiceThatIsReady() throws Exception {
        Page page = Repository.page("docs/how-to/ecs.md");
        TaskDefinition task = TaskDefinition.of(page);

        becomesReady(page, task.environment("change-me"), task.checks());
    }

    private static void becomesReady(Page page, Map<String, String> settings, Iterable<String> checks) throws Exception {
        int port = FreePort.choose();
        try (TestPostgres server = TestPostgres.started()) {
            for (Page.Fence sql : page.fences("sql")) {
                for (String statement : sql.code().split(";")) {
                    if (!statement.isBlank()) {
                        server.admin().execute(statement);
                    }
                }
            }
            try (ChildProcess service = ChildProcess.java("dev.mooring.cli.Main", "serve")
                    .cleanEnvironment()
                    .environment(settings)
                    .environment("DATABASE_HOST", server.host())
                    .environment("DATABASE_PORT", String.valueOf(server.port()))
                    .environment("BIND_ADDRESS", "127.0.0.1")
                    .environment("PORT", String.valueOf(port))
                    .environment("SHUTDOWN_DRAIN_DELAY", "0")
                    .lastSignal(Signal.TERM)
                    .start()) {
                await().atMost(LIMIT)
                        .until(() -> !service.isAlive() || status(port, "/health/ready", "") == 200);
                assertThat(service.isAlive()).as("%s", service).isTrue();
                assertThat(checks).isNotEmpty().allSatisfy(path -> assertThat(status(port, path, ""))
                        .as(path)
                        .isEqualTo(200));
                assertThat(status(port, "/models", "")).isEqualTo(401);
                assertThat(status(port, "/models", "change-me-too-32-characters-long")).isEqualTo(200);
            }
        }
    }

    private static int status(int port, String path, String key) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .timeout(Duration.ofSeconds(10))
                    .header("Authorization", "Bearer " + key)
                    .build();
            return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException notYet) {
            return 0;
        }
    }
}

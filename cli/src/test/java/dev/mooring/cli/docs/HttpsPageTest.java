package dev.mooring.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.embedded.machine.FreePort;
import dev.mooring.testing.process.ChildProcess;
import dev.mooring.testing.tls.SelfSigned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The configuration of nginx on docs/how-to/https.md, before one instance that runs and one that is away. */
@Tag("long")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HttpsPageTest {
    private static final Path NGINX = Path.of("/usr/sbin/nginx");
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String ADMIN_KEY = "an-admin-key-behind-nginx";

    @TempDir
    Path folder;

    private final int port = FreePort.choose();

    @Test
    void nginx_asThePageConfiguresIt_passesCallsOn_andKeepsTheOperatorsPathsToItself() throws Exception {
        assumeThat(NGINX).as("nginx").exists();
        SelfSigned certificate = SelfSigned.in(folder);
        Map<String, String> settings = Map.of("AUTH_ENABLED", "true", "ADMIN_API_KEY", ADMIN_KEY);
        try (ServedPage service = ServedPage.ready(folder, settings);
                ChildProcess nginx = nginx(service.address(), "clients 50", certificate)) {
            await().atMost(LIMIT)
                    .untilAsserted(() ->
                            assertThat(curl("/health/ready")).as("%s", nginx).endsWith(" 200"));

            String model = "{\"name\":\"churn\",\"source\":\"s3://models/churn/7\"}";
            for (int i = 1; i <= 4; i++) {
                assertThat(curl("/models/register", "-d", model)).contains("\"version\":\"" + i + "\"");
            }
            assertThat(curl("/models/churn", "-H", "X-Request-ID: chosen-by-the-client", "-D", "-"))
                    .contains("\"latest_version\":\"4\"")
                    .containsIgnoringCase("x-request-id: chosen-by-the-client");
            assertThat(curl("/models/churn", "-H", "X-Request-ID: not {safe}", "-D", "-"))
                    .containsIgnoringCase("x-request-id: ")
                    .doesNotContain("safe");
            assertThat(Files.readString(folder.resolve("registry.log")))
                    .contains(" GET /models/churn 200 ", " chosen-by-the-client\n");
            assertThat(curl("/models/register", "-d", "{}"))
                    .as("a problem of the service passes as it is")
                    .contains("\"code\":\"invalid_", " 4");
            for (String path : List.of("/ops/breakers", "/metrics", "/health/detailed", "/health/history")) {
                assertThat(curl(path)).as(path).endsWith(" 404").contains("nginx");
            }
            Path large = Files.write(folder.resolve("large"), new byte[2_000_000]);
            String upload = "@" + large;
            assertThat(curl("/models/register", "--data-binary", upload)).endsWith(" 413");
            assertThat(curl("/models/register", "--data-binary", upload)).contains("nginx");
            assertThat(curl("/api/2.0/mlflow-artifacts/artifacts/1/large", "-X", "PUT", "--data-binary", upload))
                    .as("the service without MLflow refuses it, not nginx")
                    .contains("\"error_code\"");
        }
    }

    @Test
    void nginx_withoutAnInstance_andForAClientWithTooManyRequests_answersWithRetryAfter() throws Exception {
        assumeThat(NGINX).as("nginx").exists();
        SelfSigned certificate = SelfSigned.in(folder);
        String away = "http://127.0.0.1:" + FreePort.choose();
        try (ChildProcess nginx = nginx(away, "clients 1", certificate)) {
            for (String path : List.of("/health/ready", "/models", "/api/2.0/mlflow-artifacts/artifacts/1/a")) {
                await().atMost(LIMIT).untilAsserted(() -> assertThat(curl(path, "-D", "-", "-H", "X-Request-ID: mine"))
                        .as("%s", nginx)
                        .endsWith(" 502")
                        .containsIgnoringCase("content-type: application/problem+json")
                        .containsIgnoringCase("retry-after: 10")
                        .containsIgnoringCase("x-request-id: mine")
                        .contains("\"status\":502", "\"code\":\"no_answer\"", "\"request_id\":\"mine\""));
            }
            Path body = Files.write(folder.resolve("slow"), new byte[200_000]);
            try (ChildProcess slow = ChildProcess.command(
                            curlCommand("/models/register", "--limit-rate", "1000", "--data-binary", "@" + body))
                    .start()) {
                await().atMost(LIMIT).untilAsserted(() -> assertThat(curl("/models", "-D", "-"))
                        .as("beside %s", slow)
                        .endsWith(" 429")
                        .containsIgnoringCase("content-type: application/problem+json")
                        .containsIgnoringCase("retry-after: 1")
                        .contains("\"status\":429"));
                assertThat(curl("/health/ready")).as("health is not limited").endsWith(" 502");
            }
        }
    }

    private ChildProcess nginx(String instance, String limit, SelfSigned certificate) throws IOException {
        String site = Repository.page("docs/how-to/https.md")
                .fences("nginx")
                .get(0)
                .code()
                .replace("10.0.0.11:8080", instance.replace("http://", ""))
                .replace("10.0.0.12:8080", "127.0.0.1:" + FreePort.choose())
                .replace("clients 50", limit)
                .replace("/var/log/nginx", folder.toString())
                .replace("443 ssl", "127.0.0.1:" + port + " ssl")
                .replace("/etc/nginx/registry.crt", certificate.certificate().toString())
                .replace("/etc/nginx/registry.key", certificate.key().toString());
        // All that nginx writes goes to the folder of the test, which only its owner may enter.
        String user = System.getProperty("user.name").equals("root") ? "user root;\n" : "";
        StringBuilder folders = new StringBuilder();
        for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            folders.append(kind)
                    .append("_temp_path ")
                    .append(folder.resolve(kind))
                    .append(";\n");
        }
        Path configuration = folder.resolve("nginx.conf");
        Files.writeString(
                configuration,
                user + "daemon off;\npid " + folder.resolve("nginx.pid") + ";\nerror_log stderr;\nevents {}\nhttp {\n"
                        + "access_log off;\n" + folders + site + "}\n");
        return ChildProcess.command(NGINX.toString(), "-p", folder.toString(), "-c", configuration.toString())
                .start();
    }

    /** The answer through nginx, and its status. */
    private String curl(String path, String... options) {
        try (ChildProcess curl =
                ChildProcess.command(curlCommand(path, options)).start()) {
            curl.awaitExit(LIMIT);
            return String.join("\n", curl.stdout());
        }
    }

    private List<String> curlCommand(String path, String... options) {
        List<String> command = new ArrayList<>(List.of(
                "curl",
                "-sk",
                "-w",
                " %{http_code}",
                "-H",
                "Authorization: Bearer " + ADMIN_KEY,
                "-H",
                "Content-Type: application/json"));
        command.addAll(List.of(options));
        command.add("https://localhost:" + port + path);
        return command;
    }
}

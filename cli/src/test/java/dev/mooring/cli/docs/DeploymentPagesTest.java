package dev.mooring.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.process.ChildProcess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Does what the pages for Kubernetes and ECS say: the SQL on a real server with TLS, then the service with the settings of the page. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeploymentPagesTest {
    private static final String KEY = "change-me-too-32-characters-long";
    private static final String AUTHORITIES = "DATABASE_SSLROOTCERT";

    /** What a page expects of a service that is ready. */
    private interface Checks {
        void of(ServedPage service) throws InterruptedException;
    }

    @Test
    @Tag("long")
    @Execution(ExecutionMode.CONCURRENT)
    void kubernetes_settingsOfThePage_leadToAServiceThatIsReady(@TempDir Path mounts) throws Exception {
        Page page = Repository.page("docs/how-to/kubernetes.md");
        Manifest manifest = Manifest.of(page);

        Map<String, String> settings = new HashMap<>(manifest.environment(mounts));
        assertThat(Path.of(settings.getOrDefault(AUTHORITIES, ""))).isRegularFile();
        settings.put("KUBERNETES_SERVICE_HOST", "10.96.0.1");
        settings.put("KUBERNETES_SERVICE_PORT", "443");

        becomesReady(page, settings, mounts, service -> {
            for (String path : manifest.probes()) {
                assertThat(service.status(path, "none")).as(path).isEqualTo(200);
            }
        });
    }

    @Test
    @Tag("long")
    @Execution(ExecutionMode.CONCURRENT)
    void ecs_settingsOfThePage_leadToAServiceThatIsReady_andTheChecksOfTheContainerPass(@TempDir Path folder)
            throws Exception {
        Page page = Repository.page("docs/how-to/ecs.md");
        TaskDefinition task = TaskDefinition.of(page);

        becomesReady(page, task.environment("change-me", KEY), folder, service -> {
            assertThat(service.status(task.pathOfTargetGroup(), "none")).isEqualTo(200);
            List<String> check = task.check(URI.create(service.address()).getPort());
            assertThat(exitCode(check)).as("%s", check).isZero();
            assertThat(exitCode(List.of(check.get(0), check.get(1), "/models")))
                    .as("a path that answers 401")
                    .isOne();
        });
    }

    private static int exitCode(List<String> command) throws InterruptedException {
        try (ChildProcess check = ChildProcess.command(command).start()) {
            return check.awaitExit(Duration.ofSeconds(10));
        }
    }

    private static void becomesReady(Page page, Map<String, String> ofThePage, Path folder, Checks checks)
            throws Exception {
        try (TestPostgres server = TestPostgres.builder().tls().start()) {
            for (Page.Fence sql : page.fences("sql")) {
                for (String statement : sql.code().split(";\n")) {
                    server.admin().execute(statement);
                }
            }
            Map<String, String> settings = new HashMap<>(ofThePage);
            settings.put("DATABASE_HOST", server.host());
            settings.put("DATABASE_PORT", String.valueOf(server.port()));
            settings.replace(AUTHORITIES, server.certificate().toString());
            try (ServedPage service = ServedPage.ready(folder, settings)) {
                assertThat(server.admin()
                                .ask(
                                        "models",
                                        "select bool_and(ssl)::text from pg_stat_ssl join pg_stat_activity using (pid)"
                                                + " where usename = 'registry'"))
                        .as("all sessions are encrypted")
                        .isEqualTo("true");
                checks.of(service);
                service.getWithForgedAddress("/models");
                await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(service.lines())
                        .as("the address that no client can invent")
                        .anyMatch(line -> line.contains("from 127.0.0.1 (1)"))
                        .noneMatch(line -> line.contains(ServedPage.FORGED)));
                assertThat(service.status("/models", "none")).isEqualTo(401);
                assertThat(service.status("/models", KEY)).isEqualTo(200);
            }
        }
    }
}

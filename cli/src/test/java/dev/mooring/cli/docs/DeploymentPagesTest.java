package dev.mooring.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.testing.postgres.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Does what the pages for Kubernetes and ECS say: the SQL on a real server, then the service with the settings of the page. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeploymentPagesTest {
    private static final String KEY = "change-me-too-32-characters-long";

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void kubernetes_settingsOfThePage_leadToAServiceThatIsReady(@TempDir Path secrets) throws Exception {
        Page page = Repository.page("docs/how-to/kubernetes.md");
        Manifest manifest = Manifest.of(page);

        Map<String, String> settings = new HashMap<>(manifest.environment(secrets));
        settings.put("KUBERNETES_SERVICE_HOST", "10.96.0.1");
        settings.put("KUBERNETES_SERVICE_PORT", "443");

        becomesReady(page, settings, manifest.probes(), secrets);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void ecs_settingsOfThePage_leadToAServiceThatIsReady(@TempDir Path folder) throws Exception {
        Page page = Repository.page("docs/how-to/ecs.md");
        TaskDefinition task = TaskDefinition.of(page);

        becomesReady(page, task.environment("change-me", KEY), task.checks(), folder);
    }

    private static void becomesReady(Page page, Map<String, String> ofThePage, List<String> checks, Path folder)
            throws Exception {
        try (TestPostgres server = TestPostgres.started()) {
            for (Page.Fence sql : page.fences("sql")) {
                for (String statement : sql.code().split(";\n")) {
                    server.admin().execute(statement);
                }
            }
            Map<String, String> settings = new HashMap<>(ofThePage);
            settings.put("DATABASE_HOST", server.host());
            settings.put("DATABASE_PORT", String.valueOf(server.port()));
            try (ServedPage service = ServedPage.ready(folder, settings)) {
                for (String path : checks) {
                    assertThat(service.status(path, "none")).as(path).isEqualTo(200);
                }
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

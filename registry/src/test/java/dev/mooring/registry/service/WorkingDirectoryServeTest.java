package dev.mooring.registry.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The service takes no configuration from the folder in which a person starts it; the folder may be another user's. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WorkingDirectoryServeTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String PROPERTIES = """
            mooring.auth.enabled=false
            mooring.bind-address=0.0.0.0
            mooring.request-timeout=9s
            server.tomcat.max-http-response-header-size=1KB
            spring.main.sources=no.such.Class
            """;

    @Test
    @Tag("long")
    void files_ofTheWorkingDirectory_haveNoEffect(@TempDir Path folder) throws IOException {
        Path config = Files.createDirectories(folder.resolve("config/sub"));
        for (Path file : new Path[] {
            folder.resolve("application.properties"),
            folder.resolve("config/application.properties"),
            folder.resolve("config/application-prod.properties"),
            config.resolve("application.properties")
        }) {
            Files.writeString(file, PROPERTIES);
        }
        Files.writeString(folder.resolve("application.yml"), "mooring: {auth: {enabled: false}}\n");
        Files.writeString(folder.resolve("named.properties"), PROPERTIES);
        Files.writeString(folder.resolve("logback.xml"), "<configuration><include file='/nowhere'/></configuration>");
        Map<String, String> variables = new HashMap<>(Map.of(
                // No server is there: the service is live, which is enough.
                "DATABASE_HOST", "127.0.0.1",
                "DATABASE_PORT", "1",
                "BIND_ADDRESS", "127.0.0.1",
                "ADMIN_API_KEY", Served.ADMIN_KEY,
                "SPRING_PROFILES_ACTIVE", "prod",
                "SPRING_CONFIG_ADDITIONAL_LOCATION", "file:./named.properties",
                "JAVA_TOOL_OPTIONS", "-Dmooring.request-timeout=7s",
                "SPRING_APPLICATION_JSON", "{\"mooring\":{\"shutdown-timeout\":\"13s\"}}"));
        try (Served service = Served.in(folder, variables).awaitLive()) {
            assertThat(service.status("/models")).isEqualTo(401);

            String detailed = service.get("/health/detailed", "Authorization", "Bearer " + Served.ADMIN_KEY)
                    .body();

            assertThat(detailed)
                    .containsPattern("\"REQUEST_TIMEOUT\"[^}]*\"7s\"[^}]*\"system property mooring.request-timeout\"")
                    .containsPattern("\"SHUTDOWN_TIMEOUT\"[^}]*\"13s\"")
                    .containsPattern("\"AUTH_ENABLED\"[^}]*\"true\"[^}]*\"default\"")
                    .containsPattern("\"SERVICE_NAME\"[^}]*\"registry\"[^}]*\"default\"");
            service.process().awaitLine("spring.config.additional-location has no effect", LIMIT);
            assertThat(service.stop()).isZero();
        }
    }
}

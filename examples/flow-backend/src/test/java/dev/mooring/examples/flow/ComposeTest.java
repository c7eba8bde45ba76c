package dev.mooring.examples.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What can be known of the compose files without a container engine: their values, and that every name in them is declared. */
class ComposeTest {
    private static final Map<String, Object> COMPOSE = read("compose.yaml");
    private static final Map<String, Object> OVERLAY = read("compose.hardened.yaml");

    /** The keys of a service (Compose specification) that these files may use. */
    private static final Set<String> KNOWN = Set.of(
            "build",
            "cap_add",
            "cap_drop",
            "command",
            "cpus",
            "depends_on",
            "entrypoint",
            "environment",
            "healthcheck",
            "image",
            "logging",
            "mem_limit",
            "networks",
            "pids_limit",
            "ports",
            "profiles",
            "read_only",
            "restart",
            "secrets",
            "security_opt",
            "shm_size",
            "stop_grace_period",
            "tmpfs",
            "ulimits",
            "user",
            "volumes");

    @Test
    void postgres_hasTheSettingsOfTheOlderSystem() {
        Map<String, Object> postgres = service(COMPOSE, "postgres");

        assertThat(postgres).containsEntry("image", "postgres:15");
        assertThat(list(postgres, "command"))
                .containsExactly(
                        "postgres",
                        "-c",
                        "max_connections=200",
                        "-c",
                        "shared_buffers=256MB",
                        "-c",
                        "effective_cache_size=1GB",
                        "-c",
                        "work_mem=4MB",
                        "-c",
                        "password_encryption=scram-sha-256");
        assertThat(map(postgres, "environment"))
                .containsEntry("POSTGRES_DB", "oxygen_platform")
                .containsEntry("POSTGRES_INITDB_ARGS", "--auth-host=scram-sha-256 --auth-local=scram-sha-256");
        assertThat(map(postgres, "healthcheck"))
                .containsEntry("test", List.of("CMD-SHELL", "pg_isready -U oxygen -d oxygen_platform"))
                .containsEntry("interval", "10s")
                .containsEntry("timeout", "5s")
                .containsEntry("retries", 5)
                .containsEntry("start_period", "30s");
    }

    @Test
    void services_waitForPostgresToBeHealthy_andForRedisToBeStartedOnly() {
        for (Service one : Service.values()) {
            Map<String, Object> service = service(COMPOSE, one.toString());

            assertThat(map(service, "depends_on"))
                    .isEqualTo(Map.of(
                            "postgres", Map.of("condition", "service_healthy"),
                            "redis", Map.of("condition", "service_started")));
            assertThat(map(service, "environment"))
                    .containsEntry("SERVICE", one.toString())
                    .containsEntry("DATABASE_NAME", "oxygen_platform");
            Object port = one.properties().get("server.port");
            String number = String.valueOf(port).replaceAll("\\D", "");
            assertThat(list(service, "ports"))
                    .containsExactly("127.0.0.1:${" + one.name() + "_PORT:-" + number + "}:" + number);
            assertThat(map(service, "healthcheck")).containsEntry("test", List.of("CMD", "/app/ready", number));
        }
    }

    @Test
    void namesInTheFiles_areDeclared_andTheirKeysAreThoseOfCompose() {
        Set<String> services = services(COMPOSE).keySet();
        assertThat(services).containsAll(services(OVERLAY).keySet());
        for (Map<String, Object> file : List.of(COMPOSE, OVERLAY)) {
            services(file).forEach((name, service) -> {
                assertThat(KNOWN).as(name).containsAll(asMap(service).keySet());
                assertThat(services)
                        .containsAll(map(asMap(service), "depends_on").keySet());
                assertThat(map(COMPOSE, "secrets").keySet()).containsAll(list(asMap(service), "secrets"));
                assertThat(map(OVERLAY, "networks").keySet()).containsAll(list(asMap(service), "networks"));
                for (String volume : list(asMap(service), "volumes")) {
                    assertThat(map(COMPOSE, "volumes")).containsKey(volume.split(":", 2)[0]);
                }
            });
        }
    }

    @Test
    void images_haveAVersion() {
        Set<String> images = new TreeSet<>();
        services(COMPOSE)
                .values()
                .forEach(service -> images.add(String.valueOf(asMap(service).get("image"))));
        assertThat(images).containsExactly("mooring/flow-backend:1.0.0", "postgres:15", "redis:7");
    }

    @Test
    void overlay_boundsEveryContainer_andKeepsTheDatabaseOnANetworkWithoutAWayOut() {
        assertThat(services(OVERLAY)).containsOnlyKeys(services(COMPOSE).keySet());
        services(OVERLAY).forEach((name, one) -> {
            Map<String, Object> service = asMap(one);
            assertThat(service)
                    .as(name)
                    .containsEntry("read_only", true)
                    .containsEntry("cap_drop", List.of("ALL"))
                    .containsEntry("security_opt", List.of("no-new-privileges:true"))
                    .containsKeys("pids_limit", "mem_limit", "cpus", "tmpfs", "logging");
            if (!name.equals("postgres")) {
                assertThat(String.valueOf(service.get("user"))).as(name).doesNotStartWith("0");
            }
        });
        assertThat(map(map(OVERLAY, "networks"), "database")).containsEntry("internal", true);
        assertThat(list(service(OVERLAY, "postgres"), "networks")).containsExactly("database");
    }

    private static Map<String, Object> services(Map<String, Object> file) {
        return map(file, "services");
    }

    private static Map<String, Object> service(Map<String, Object> file, String name) {
        return map(services(file), name);
    }

    private static Map<String, Object> map(Map<String, Object> parent, String key) {
        return asMap(parent.getOrDefault(key, Map.of()));
    }

    @SuppressWarnings("unchecked") // Keys of these files are texts.
    private static Map<String, Object> asMap(Object value) {
        return (Map<String, Object>) value;
    }

    private static List<String> list(Map<String, Object> parent, String key) {
        List<String> texts = new ArrayList<>();
        if (parent.getOrDefault(key, List.of()) instanceof List<?> values) {
            values.forEach(value -> texts.add(String.valueOf(value)));
        }
        return texts;
    }

    private static Map<String, Object> read(String file) {
        try {
            return new Yaml().load(Files.readString(Path.of(file)));
        } catch (IOException missing) {
            throw new AssertionError(missing);
        }
    }
}

package dev.mooring.registry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.testing.postgres.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The audit holds what a start configures differently from the last one. The service runs as a process. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConfigurationServeTest {
    private static final String ENTRIES =
            "select count(*) from mooring.audit_entry where action like 'configuration.%'";

    @Test
    @Tag("long")
    void starts_withTheSameAndOtherSettings_areAuditedOnceForEachChange() throws Exception {
        try (TestPostgres postgres = TestPostgres.started()) {
            postgres.admin().createDatabase("mlflow_db");
            Map<String, String> variables = Served.variablesOf(postgres);
            variables.put("ADMIN_API_KEY", "marked-secret-1");
            try (Served one = Served.with(variables);
                    Served other = Served.with(variables)) {
                one.awaitReady();
                other.awaitReady();
                awaitCompared(one, other);
                assertThat(postgres.admin().ask("mlflow_db", ENTRIES))
                        .as("entries of a first start of two instances at once")
                        .isEqualTo("1");
                assertThat(newest(postgres)).startsWith("mooring configuration.recorded registry: ");
                assertThat(String.join("\n", one.process().lines())).doesNotContain("\"level\":\"error\"");
            }

            Map<String, String> changed = new HashMap<>(variables);
            changed.put("DATABASE_POOL_MAX", "7");
            changed.put("ADMIN_API_KEY", "marked-secret-2");
            try (Served service = Served.with(changed).awaitReady()) {
                await().atMost(Duration.ofSeconds(10))
                        .until(() -> postgres.admin().ask("mlflow_db", ENTRIES).equals("2"));
                assertThat(newest(postgres))
                        .isEqualTo("mooring configuration.changed registry: "
                                + "ADMIN_API_KEY changed (environment ADMIN_API_KEY); "
                                + "DATABASE_POOL_MAX \"20\" → \"7\" (environment DATABASE_POOL_MAX)");
                assertThat(postgres.admin().ask("mlflow_db", "select schema_to_xml('mooring', true, false, '')::text"))
                        .doesNotContain("marked-secret", postgres.admin().password());
                service.stop();
                assertThat(String.join("\n", service.process().lines()))
                        .contains(
                                "configuration.changed",
                                "the configuration differs from that of the last start: ADMIN_API_KEY changed")
                        .doesNotContain("marked-secret", "\"level\":\"error\"");
            }
        }
    }

    @Test
    @Tag("long")
    void embeddedDatabase_whosePortChanges_isNoChange(@TempDir Path home) throws Exception {
        try (Served service = Served.onEmbedded(home).awaitReady()) {
            service.process().awaitLine("configuration.recorded", Duration.ofSeconds(10));
            service.process().awaitLine("the configuration is remembered", Duration.ofSeconds(10));
            service.stop();
        }
        try (Served service = Served.with(Map.of("MOORING_HOME", home.toString(), "LOG_LEVEL", "debug"))
                .awaitReady()) {
            service.process().awaitLine("configuration.changed", Duration.ofSeconds(10));
            String entry = service.get("/ops/audit?limit=1").body();
            service.stop();
            assertThat(entry).contains("LOG_LEVEL ").doesNotContain("DATABASE_");
        }
    }

    private static void awaitCompared(Served... services) {
        for (Served service : services) {
            service.process().awaitLine("the configuration", Duration.ofSeconds(10));
        }
    }

    private static String newest(TestPostgres postgres) throws Exception {
        return postgres.admin()
                .ask(
                        "mlflow_db",
                        "select actor || ' ' || action || ' ' || subject || ': ' || details from mooring.audit_entry"
                                + " where action like 'configuration.%' order by seq desc limit 1");
    }
}

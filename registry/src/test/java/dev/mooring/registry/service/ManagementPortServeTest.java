package dev.mooring.registry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.embedded.machine.FreePort;
import dev.mooring.testing.postgres.TestPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The service with a management port. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ManagementPortServeTest {
    private static final List<String> OF_MANAGEMENT = List.of(
            "/health",
            "/health/live",
            "/health/ready",
            "/livez",
            "/readyz",
            "/health/detailed",
            "/health/history?dependency=database",
            "/metrics",
            "/ops/breakers",
            "/ops/keys",
            "/openapi.json");
    private static final List<String> OF_SERVICE = List.of(
            "/models", "/models/none", "/api/2.0/mlflow/registered-models/search?max_results=1", "/", "/nothing");

    private static TestPostgres postgres;
    private static int management;
    private static Served service;

    @BeforeAll
    static void serve() throws Exception {
        postgres = TestPostgres.started();
        postgres.admin().createDatabase("mlflow_db");
        management = FreePort.choose();
        service = Served.with(variables());
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> ask(management, "/health/ready")
                .startsWith("HTTP/1.1 200"));
    }

    private static Map<String, String> variables() {
        Map<String, String> variables = Served.variablesOf(postgres);
        variables.put("MANAGEMENT_PORT", String.valueOf(management));
        return variables;
    }

    @AfterAll
    static void end() {
        assertThat(service.stop()).as("exit code").isZero();
        postgres.close();
    }

    @Test
    void healthMetricsAndOperations_moveToThePort_andNothingElseDoes() throws IOException {
        for (String path : OF_MANAGEMENT) {
            assertThat(ask(management, path)).as(path).startsWith("HTTP/1.1 200");
            assertThat(ask(service.port(), path))
                    .as(path)
                    .startsWith("HTTP/1.1 404")
                    .contains("other_port", "MANAGEMENT_PORT")
                    .doesNotContain(String.valueOf(management));
        }
        assertThat(ask(service.port(), "/%6fps/keys")).startsWith("HTTP/1.1 404");
        assertThat(ask(service.port(), "/ops/;x=1/keys")).startsWith("HTTP/1.1 404");
        for (String path : OF_SERVICE) {
            assertThat(ask(management, path)).as(path).startsWith("HTTP/1.1 404");
            assertThat(ask(service.port(), path)).as(path).doesNotContain("MANAGEMENT_PORT");
        }
        assertThat(ask(service.port(), "/models")).startsWith("HTTP/1.1 200");
        assertThat(ask(management, "/api/2.0/mlflow/registered-models/search"))
                .as("MLflow's form")
                .contains("error_code");
    }

    @Test
    void explanationsOfErrors_areOnBothPorts_becauseTheProblemsOfBothLeadThere() throws IOException {
        for (int port : List.of(management, service.port())) {
            assertThat(ask(port, "/nothing")).contains("\"type\":\"/errors/");
            assertThat(ask(port, "/errors/other_port"))
                    .startsWith("HTTP/1.1 200")
                    .contains("MANAGEMENT_PORT");
        }
    }

    @Test
    void start_namesBothPorts() {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(service.process().lines())
                        .anyMatch(line -> line.contains("http://127.0.0.1:" + service.port())
                                && line.contains("http://127.0.0.1:" + management + "/health"))
                        .anyMatch(line -> line.contains("management: http://127.0.0.1:" + management)));
    }

    @Test
    void portInUse_isToldInOneLineThatNamesTheSetting() {
        try (Served second = Served.with(variables())) {
            assertThat(second.process().awaitExit(Duration.ofSeconds(30))).isEqualTo(1);
            assertThat(second.process().stderr())
                    .last()
                    .asString()
                    .isEqualTo("mooring: MANAGEMENT_PORT is \"" + management
                            + "\", which another process listens on; stop that one or set another port");
        }
    }

    private static String ask(int port, String path) throws IOException {
        return RawCall.send(
                port,
                "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                        + Served.ADMIN_KEY + "\r\n\r\n");
    }
}

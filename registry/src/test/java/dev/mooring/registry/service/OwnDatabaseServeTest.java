package dev.mooring.registry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.embedded.machine.FreePort;
import dev.mooring.embedded.machine.Signal;
import dev.mooring.testing.postgres.TestPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The service as a process, on a server that starts late, is frozen, or refuses it. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OwnDatabaseServeTest {
    private static final String MODEL = "{\"name\":\"churn\",\"source\":\"s3://models/churn/7\"}";

    private static TestPostgres postgres;

    @BeforeAll
    static void startServer() throws Exception {
        postgres = TestPostgres.started();
        postgres.admin().createDatabase("mlflow_db");
    }

    @AfterAll
    static void endServer() {
        postgres.close();
    }

    @Test
    @Tag("alone")
    void database_late_isWaitedForWhileTheServiceIsLive() throws Exception {
        postgres.stop();
        try (Served service = Served.with(Served.variablesOf(postgres))) {
            service.awaitLive();
            Served.measured("live without a database", service.age(), "10000 ms");
            assertThat(service.get("/health/ready").statusCode()).isEqualTo(503);
            assertRefusedAtOnce(service);

            postgres.start();
            long accepts = System.nanoTime();
            service.awaitReady();

            Duration took = Served.since(accepts);
            Served.measured("ready after a late database, migrations included", took, "3000 ms");
            assertThat(took).isLessThan(Duration.ofSeconds(3));
            assertThat(service.post("/models/register", MODEL, "X-API-Key", Served.ADMIN_KEY)
                            .statusCode())
                    .isEqualTo(201);
        } finally {
            restartIfDown();
        }
    }

    @Test
    @Tag("alone")
    void database_lateWithTheSchemaInPlace_isInUseAtOnce() throws Exception {
        postgres.admin().createDatabase("in_place");
        new Schema().run(postgres.admin().dataSource("in_place"));
        Map<String, String> variables = Served.variablesOf(postgres);
        variables.put("DATABASE_NAME", "in_place");
        postgres.stop();
        try (Served service = Served.with(variables).awaitLive()) {
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> service.get("/health").body().contains("connection_refused"));

            postgres.start();
            long accepts = System.nanoTime();
            service.awaitReady();

            Duration took = Served.since(accepts);
            Served.measured("ready after a late database, schema in place", took, "1500 ms");
            assertThat(took).isLessThanOrEqualTo(Duration.ofMillis(1500));
            assertThat(service.get("/models", "X-API-Key", Served.ADMIN_KEY).statusCode())
                    .isEqualTo(200);
        } finally {
            restartIfDown();
        }
    }

    private static void assertRefusedAtOnce(Served service) throws Exception {
        await().atMost(Duration.ofSeconds(5))
                .until(() -> service.get("/health").body().contains("connection_refused"));
        for (int warmUp = 0; warmUp < 10; warmUp++) {
            service.post("/models/register", MODEL, "X-API-Key", Served.ADMIN_KEY);
        }
        long asked = System.nanoTime();
        HttpResponse<String> refused = service.post("/models/register", MODEL, "X-API-Key", Served.ADMIN_KEY);
        Duration took = Served.since(asked);

        Served.measured("model call refused while the database is down", took, "500 ms");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("\"code\":\"database_unavailable\"");
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(took).isLessThan(Duration.ofMillis(500));
    }

    @Test
    @Tag("alone")
    void signal_neverReadyOnAFrozenDatabase_endsWithin5Seconds() {
        postgres.freeze();
        try (Served service = Served.with(Served.variablesOf(postgres))) {
            service.awaitLive();
            long asked = System.nanoTime();

            assertThat(service.stop()).as(service::toString).isZero();

            Served.measured("SIGTERM to exit, never ready, database frozen", Served.since(asked), "5000 ms");
            assertThat(Served.since(asked)).isLessThan(Duration.ofSeconds(5));
        } finally {
            postgres.thaw();
        }
    }

    @Test
    void calls_inFlightWhenTheDatabaseFreezes_failInTimeAndLeaveNoStackTraceInTheLog() throws Exception {
        Map<String, String> variables = Served.variablesOf(postgres);
        variables.put("REQUEST_TIMEOUT", "1s");
        try (Served service = Served.with(variables).awaitReady()) {
            service.get("/models", "X-API-Key", Served.ADMIN_KEY);
            postgres.freeze();
            HttpResponse<String> reading;
            HttpResponse<String> writing;
            try {
                reading = service.get("/models", "X-API-Key", Served.ADMIN_KEY);
                writing = service.post("/models/register", MODEL, "X-API-Key", Served.ADMIN_KEY);
            } finally {
                postgres.thaw();
            }
            assertThat(service.stop()).isZero();

            assertThat(reading.statusCode()).isIn(503, 504);
            assertThat(writing.statusCode()).isIn(503, 504);
            assertThat(service.process().lines())
                    .noneMatch(line -> line.contains("\tat ") || line.contains("\\tat "))
                    .noneMatch(line -> line.contains("com.zaxxer.hikari"));
        }
    }

    @Test
    @Tag("long")
    void address_ofAUri_isSaidOnceWithItsPort() throws Exception {
        Map<String, String> variables = Served.variablesOf(postgres);
        String port = variables.remove("DATABASE_PORT");
        variables.remove("DATABASE_HOST");
        variables.put("DATABASE_URL", "postgresql://127.0.0.1:" + port + "/mlflow_db?application_name=one");
        try (Served service = Served.with(variables).awaitReady()) {
            assertThat(service.stop()).isZero();
            assertThat(String.join("\n", service.process().lines()))
                    .contains("127.0.0.1:" + port + "/mlflow_db as ")
                    .doesNotContain(port + ":" + port);
        }
    }

    @Test
    @Tag("long")
    void password_wrong_leavesTheServiceLiveAndSaysWhatToFix() throws Exception {
        Map<String, String> variables = Served.variablesOf(postgres);
        variables.put("DATABASE_PASSWORD", "marked-secret-1");
        variables.put("ADMIN_API_KEY", "marked-secret-2");
        try (Served service = Served.with(variables)) {
            service.awaitLive();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> service.get("/health").body().contains("authentication_failed"));

            String detailed = service.get("/health/detailed", "Authorization", "Bearer marked-secret-2")
                    .body();

            assertThat(service.process().isAlive()).isTrue();
            assertThat(service.get("/health/live").statusCode()).isEqualTo(200);
            assertThat(service.stop()).isZero();
            assertThat(String.join("\n", service.process().lines()))
                    .contains("authentication_failed")
                    .doesNotContain("marked-secret");
            assertThat(detailed).contains("ADMIN_API_KEY").doesNotContain("marked-secret");
        }
    }

    @Test
    @Tag("long")
    void primaryName_mistypedBesideADatabaseOfMlflow_leavesThatAlone() throws Exception {
        postgres.admin().execute("create database mlflow");
        Map<String, String> variables = Served.variablesOf(postgres);
        variables.put("DATABASE_NAME", "modles");
        try (Served service = Served.with(variables).awaitLive()) {
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> service.get("/health").body().contains("database_missing"));

            assertThat(service.get("/health/detailed", "X-API-Key", Served.ADMIN_KEY)
                            .body())
                    .contains("modles")
                    .doesNotContain("/mlflow");
            assertThat(postgres.admin().ask("mlflow", "select to_regnamespace('mooring')"))
                    .isEqualTo("null");
        } finally {
            postgres.admin().dropDatabase("mlflow");
        }
    }

    @Test
    @Tag("long")
    void primaryName_missing_runsOnTheFallbackAndSaysSo() throws Exception {
        postgres.admin().createDatabase("older");
        Map<String, String> variables = Served.variablesOf(postgres);
        variables.put("DATABASE_NAME", "not_there");
        variables.put("DATABASE_FALLBACK_NAME", "older");
        try (Served service = Served.with(variables).awaitReady()) {
            String health = service.get("/health").body();

            assertThat(health).contains("\"status\":\"degraded\"", "not_there", "older");
        }
    }

    @Test
    void calls_withoutAnyKeySet_areAnswered401AndTheLogSaysOnceHowToSetOne() throws Exception {
        Map<String, String> variables = Served.variablesOf(postgres);
        variables.remove("ADMIN_API_KEY");
        try (Served service = Served.with(variables).awaitLive()) {
            assertThat(service.get("/models").statusCode()).isEqualTo(401);
            assertThat(service.get("/models", "X-API-Key", "any").statusCode()).isEqualTo(401);
            assertThat(service.stop()).isZero();
            assertThat(service.process().lines())
                    .filteredOn(line -> line.contains("ADMIN_API_KEY_FILE"))
                    .hasSize(1);
        }
    }

    @Test
    void startupWait_exitAndNoDatabase_endsWithExitCode1AndWhatToFix() {
        Map<String, String> variables = unreachable("exit");
        variables.put("DATABASE_MAX_RETRIES", "2");
        variables.put("DATABASE_RETRY_DELAY", "0.1");
        try (Served service = Served.with(variables)) {
            assertThat(service.process().awaitExit(Duration.ofSeconds(30)))
                    .as(service::toString)
                    .isEqualTo(1);
            assertThat(service.process().stderr())
                    .filteredOn(line -> line.startsWith("mooring: "))
                    .singleElement()
                    .asString()
                    .startsWith("mooring: database was not reached: ")
                    .contains("connection refused");
        }
    }

    @Test
    void signal_whileTheServiceMakesItsParts_endsTheStartAtTheNextOne() throws IOException {
        Map<String, String> variables = Served.variablesOf(postgres);
        try (ServerSocket database = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            database.setSoTimeout(30_000);
            variables.put("DATABASE_PORT", String.valueOf(database.getLocalPort()));
            try (Served service = Served.with(variables)) {
                // The first connection comes while most parts of the service are still to be made.
                database.accept().close();

                assertThat(service.stop()).as(service::toString).isZero();

                assertThat(service.process().lines())
                        .noneMatch(line ->
                                line.contains("listening: ") || line.contains("\tat ") || line.contains("\"error\""))
                        .last()
                        .asString()
                        .contains("stopped: in ");
            }
        }
    }

    @Test
    @Tag("long")
    void firstCallOfItsKind_duringTheDrain_isServed() throws Exception {
        Map<String, String> variables = Served.variablesOf(postgres);
        variables.put("SHUTDOWN_DRAIN_DELAY", "3");
        try (Served service = Served.with(variables).awaitReady()) {
            service.process().signal(Signal.TERM);
            service.awaitStatus("/health/ready", 503);

            HttpResponse<String> models = service.get("/models", "X-API-Key", Served.ADMIN_KEY);

            assertThat(models.statusCode()).as(models.body()).isEqualTo(200);
            assertThat(service.stop()).as(service::toString).isZero();
        }
    }

    @Test
    @Tag("alone")
    void signal_whileTheStartWaits_endsWithExitCode0AtOnce() {
        Map<String, String> variables = unreachable("continue");
        variables.put("DATABASE_RETRY_DELAY", "20");
        try (Served service = Served.with(variables)) {
            service.process().awaitLine("attempt 1 of 3 failed", Duration.ofSeconds(30));
            long asked = System.nanoTime();

            assertThat(service.stop()).as(service::toString).isZero();

            Served.measured("SIGTERM to exit while the start waits", Served.since(asked), "5000 ms");
            assertThat(Served.since(asked)).isLessThan(Duration.ofSeconds(5));
        }
    }

    private static Map<String, String> unreachable(String startupWait) {
        Map<String, String> variables = Served.variablesOf(postgres);
        variables.put("DATABASE_PORT", String.valueOf(FreePort.choose()));
        variables.put("STARTUP_WAIT", startupWait);
        return variables;
    }

    private static void restartIfDown() {
        if (!postgres.isRunning()) {
            postgres.start();
        }
    }
}

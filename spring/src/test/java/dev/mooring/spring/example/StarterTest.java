package dev.mooring.spring.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.embedded.machine.FreePort;
import dev.mooring.embedded.machine.Signal;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.process.ChildProcess;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

/** The starter in a real process, on a real server that comes late, dies and comes back. */
@Timeout(180)
@Tag("alone")
class StarterTest {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static TestPostgres postgres;

    private final int port = FreePort.choose();
    private final Http http = new Http(port);

    @BeforeAll
    static void makeServer() {
        postgres = TestPostgres.builder().create();
    }

    @AfterAll
    static void endServer() {
        postgres.close();
    }

    @Test
    void databaseThatComesLate_diesAndIsBack_needsNoRestart() throws Exception {
        try (ChildProcess app = app().start()) {
            await().atMost(SOON).until(() -> http.status("/health/live") == 200);
            assertThat(http.status("/health/ready")).isEqualTo(503);
            HttpResponse<String> refused = http.get("/things/first");
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
            assertThat(refused.body()).as("Boot's own error JSON").contains("\"path\":\"/things/first\"");
            assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0))
                    .isPositive();

            postgres.start();
            await().atMost(SOON).until(() -> http.status("/health/ready") == 200);
            assertThat(http.get("/things/first").body()).isEqualTo("first");
            assertThat(http.get("/health/detailed").body()).contains("\"pools\":{\"database\":{\"active\":");
            assertThat(http.get("/actuator/health").body()).doesNotContain("secret");

            postgres.kill();
            await().atMost(SOON).until(() -> http.status("/health/ready") == 503);
            long began = System.nanoTime();
            assertThat(http.get("/things/first").statusCode()).isEqualTo(503);
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            System.out.println("measured refusal while the database is down: " + took + " ms (at most 500 ms)");
            assertThat(took).isLessThan(500);

            postgres.start();
            await().atMost(SOON).until(() -> http.status("/health/ready") == 200);
            assertThat(http.get("/things/first").body()).isEqualTo("first");

            CompletableFuture<HttpResponse<String>> slow = http.begin("/slow");
            await().atMost(SOON).until(() -> http.get("/health/detailed").body().contains("\"active\":1"));
            app.signal(Signal.TERM);
            await().atMost(SOON).until(() -> http.status("/health/ready") == 503);
            HttpResponse<String> draining = http.get("/things/first");
            assertThat(draining.statusCode()).isEqualTo(200);
            assertThat(draining.headers().firstValue("Connection")).contains("close");
            assertThat(slow.get(20, TimeUnit.SECONDS).body()).isEqualTo("slow");
            app.awaitExit(Duration.ofSeconds(20));
            assertThat(String.join("\n", app.lines()))
                    .doesNotContain(postgres.admin().password());
            postgres.stop();
        }
    }

    @Test
    void applicationThatWasNeverReady_endsWithin5Seconds() throws Exception {
        try (ChildProcess app = app().environment("DATABASE_PORT", "1").start()) {
            await().atMost(SOON).until(() -> http.status("/health/live") == 200);
            long began = System.nanoTime();
            app.signal(Signal.TERM);
            app.awaitExit(Duration.ofSeconds(20));
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            System.out.println("measured SIGTERM to exit, never ready: " + took + " ms (at most 5000 ms)");
            assertThat(took).isLessThan(5000);
        }
    }

    @Test
    void badSettings_areDescribedInBootsForm_andExitCode2() {
        try (ChildProcess app = app().environment("DATABASE_PORT", "54x2")
                .environment("STARTUP_WAIT", "maybe")
                .start()) {
            assertThat(app.awaitExit(SOON)).isEqualTo(2);
            assertThat(app.stdout())
                    .contains(
                            "APPLICATION FAILED TO START",
                            "DATABASE_PORT is \"54x2\"; expected a port number from 1 to 65535")
                    .anySatisfy(line -> assertThat(line).startsWith("STARTUP_WAIT is \"maybe\""))
                    .noneMatch(line -> line.contains("\tat "));
        }
    }

    @Test
    void startThatMustHaveItsDatabase_triesAsOftenAsToldAndSaysWhyItEnds() throws Exception {
        try (ChildProcess app = app().environment("DATABASE_PORT", "1")
                .environment("STARTUP_WAIT", "exit")
                .environment("DATABASE_MAX_RETRIES", "3")
                .environment("DATABASE_RETRY_DELAY", "0.1")
                .start()) {
            assertThat(app.awaitExit(SOON)).isEqualTo(1);
            assertThat(app.stdout())
                    .anyMatch(line -> line.contains("database was not reached: "))
                    .noneMatch(line -> line.contains("\tat "));
            assertThat(app.stdout().stream().filter(line -> line.contains("\"attempts\":3")))
                    .hasSize(3)
                    .allSatisfy(line -> assertThat(JsonMapper.shared()
                                    .readTree(line)
                                    .get("failure_kind")
                                    .asString())
                            .isEqualTo("connection_refused"));
        }
    }

    @Test
    void startThatWaitsForItsDatabase_isEndedByASignal() {
        try (ChildProcess app = app().environment("DATABASE_PORT", "1")
                .environment("STARTUP_WAIT", "continue")
                .environment("DATABASE_RETRY_DELAY", "20")
                .start()) {
            app.awaitLine("attempt 1 of 3 failed", SOON);
            long began = System.nanoTime();
            app.signal(Signal.TERM);
            app.awaitExit(Duration.ofSeconds(20));
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            System.out.println("measured SIGTERM to exit, start that waits: " + took + " ms (at most 5000 ms)");
            assertThat(took).isLessThan(5000);
            assertThat(app.lines())
                    .anyMatch(line -> line.contains("the start was stopped while it waited for database"))
                    .noneMatch(line -> line.contains("\tat "));
        }
    }

    @Test
    void logLines_areOneJsonObjectEach() throws Exception {
        try (ChildProcess app = app().start()) {
            await().atMost(SOON).until(() -> http.status("/health/live") == 200);
            assertThat(app.stdout()).isNotEmpty().allSatisfy(line -> assertThat(
                            JsonMapper.shared().readTree(line).get("service").asString())
                    .isEqualTo("things"));
        }
    }

    private ChildProcess.Builder app() {
        return ChildProcess.java(StarterApp.class.getName())
                .cleanEnvironment()
                .environment("SERVER_PORT", String.valueOf(port))
                .environment("SERVER_ADDRESS", "127.0.0.1")
                .environment("MOORING_LOGGING_ENABLED", "true")
                .environment("MOORING_SERVICE_NAME", "things")
                .environment("MOORING_SHUTDOWN_DRAIN_DELAY", "2")
                .environment("DATABASE_HOST", postgres.host())
                .environment("DATABASE_PORT", String.valueOf(postgres.port()))
                .environment("DATABASE_NAME", "postgres")
                .environment("DATABASE_USER", postgres.admin().user())
                .environment("DATABASE_PASSWORD", postgres.admin().password());
    }
}

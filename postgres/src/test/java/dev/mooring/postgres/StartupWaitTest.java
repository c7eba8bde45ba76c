package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.mooring.embedded.machine.FreePort;
import dev.mooring.postgres.StartupWait.Reached;
import dev.mooring.retry.Backoff;
import dev.mooring.testing.postgres.TestPostgres;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("server")
@Timeout(60)
class StartupWaitTest {
    private static final Backoff QUICK = Backoff.exponential(Duration.ofMillis(100))
            .factor(1.1)
            .cap(Duration.ofMillis(300))
            .jitter(0)
            .attempts(20)
            .deadline(Duration.ofSeconds(20));

    private static Postgres postgres(int port, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(Rig.environment(port));
        environment.putAll(more);
        return Postgres.of(Rig.settings(environment));
    }

    private static Map<String, Object> fields(ILoggingEvent event) {
        return event.getKeyValuePairs().stream().collect(Collectors.toMap(pair -> pair.key, pair -> pair.value));
    }

    @Test
    void attempts_usedUp_areEachLoggedAndEndWithAClearError() {
        int port = FreePort.choose();
        Map<String, String> fast = Map.of("DATABASE_RETRY_DELAY", "50ms", "DATABASE_RETRY_JITTER", "0");
        try (Postgres postgres = postgres(port, fast);
                Logged logged = Logged.of("dev.mooring.postgres.connection")) {
            assertThatThrownBy(() -> postgres.startupWait().run())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("no connection to 127.0.0.1:" + port + "/mlflow_db as registry")
                    .hasMessageContaining("connection refused");

            List<ILoggingEvent> attempts = logged.events();
            assertThat(attempts).hasSize(3).allMatch(event -> event.getLevel() == Level.WARN);
            assertThat(fields(attempts.get(0)))
                    .containsEntry("dependency", "database")
                    .containsEntry("host", "127.0.0.1")
                    .containsEntry("port", port)
                    .containsEntry("database", "mlflow_db")
                    .containsEntry("attempt", 1)
                    .containsEntry("attempts", 3)
                    .containsEntry("timeout_ms", 10_000L)
                    .containsEntry("failure_kind", "connection_refused")
                    .containsEntry("next_delay_ms", 50L)
                    .containsKey("duration_ms");
            assertThat(fields(attempts.get(1))).containsEntry("next_delay_ms", 100L);
            assertThat(fields(attempts.get(2))).containsEntry("attempt", 3).doesNotContainKey("next_delay_ms");
            assertThat(attempts.get(0).getFormattedMessage())
                    .contains("attempt 1 of 3")
                    .contains("next in 0.1 s");
        }
    }

    @Test
    void databaseThatComesUpLate_isReached() throws Exception {
        try (TestPostgres server = Rig.server()) {
            server.stop();
            try (Postgres postgres = postgres(server.port(), Map.of())) {
                Thread starter = new Thread(server::start);
                starter.start();
                Reached reached = postgres.startupWait().with(QUICK).run();
                starter.join();
                assertThat(reached.database()).isEqualTo("mlflow_db");
                assertThat(reached.version()).matches("\\d+\\.\\d+.*");
                assertThat(reached.attempts()).isPositive();
            }
        }
    }

    @Test
    void wrongPassword_endsTheWaitAtOnce_missingDatabaseOnlyWhenItIsNotWaitedFor() throws Exception {
        try (TestPostgres server = Rig.server()) {
            try (Postgres wrong = postgres(server.port(), Map.of("DATABASE_PASSWORD", "no"))) {
                assertThatThrownBy(() -> wrong.startupWait().with(QUICK).run()).hasMessageContaining("28P01");
            }
            try (Postgres later = postgres(server.port(), Map.of("DATABASE_NAME", "later"))) {
                assertThatThrownBy(() -> later.startupWait().with(QUICK).run()).hasMessageContaining("3D000");
                Thread maker = new Thread(() -> {
                    try {
                        server.admin().createDatabase("later", Rig.USER);
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                });
                maker.start();
                assertThat(later.startupWait()
                                .with(QUICK)
                                .waitingForDatabase()
                                .run()
                                .database())
                        .isEqualTo("later");
                maker.join();
            }
        }
    }

    @Test
    void frozenServer_isGivenUpAfterTheAttemptsLimit() throws Exception {
        try (TestPostgres server = Rig.server();
                Postgres postgres = postgres(server.port(), Map.of("DATABASE_MAX_RETRIES", "1"))) {
            server.freeze();
            long begun = System.nanoTime();
            assertThatThrownBy(() -> postgres.startupWait()
                            .limitingAttemptsTo(Duration.ofSeconds(1))
                            .run())
                    .hasMessageContaining("response timeout");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(2500));
        }
    }

    @Test
    void mode_saysWhetherTheStartWaitsGoesOnOrEnds() throws Exception {
        int port = FreePort.choose();
        Map<String, String> fast = Map.of("DATABASE_RETRY_DELAY", "10ms");
        try (Postgres none = postgres(port, fast)) {
            none.waitAtStart();
        }
        Map<String, String> going = new HashMap<>(fast);
        going.put("STARTUP_WAIT", "continue");
        try (Postgres goesOn = postgres(port, going);
                Logged logged = Logged.of("dev.mooring.postgres.Postgres")) {
            goesOn.waitAtStart();
            assertThat(logged.lines()).anyMatch(line -> line.contains("starting without the database"));
        }
        going.put("STARTUP_WAIT", "exit");
        try (Postgres ends = postgres(port, going)) {
            assertThatThrownBy(ends::waitAtStart).hasMessageContaining("connection refused");
        }
    }
}

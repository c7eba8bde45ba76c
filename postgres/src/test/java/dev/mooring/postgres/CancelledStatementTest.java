package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mooring.failure.FailureKind;
import dev.mooring.health.Status;
import dev.mooring.postgres.control.ControlConnection;
import dev.mooring.postgres.control.ControlUnavailableException;
import dev.mooring.testing.postgres.PostgresPrograms;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.time.Deadline;
import dev.mooring.time.Time;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Statements that end with 57014: at a limit of ours, at a limit of the caller's own, or because an administrator cancels them. Only the
 * words of the server tell which, so it must also be right on a server that speaks German.
 */
@Tag("server")
@Timeout(60)
class CancelledStatementTest {
    private static final String SLEEP = "select pg_sleep(20)";

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void cancelledStatement_isEvidenceOnlyAtOurOwnLimit(String language) throws Exception {
        try (TestPostgres server = server(language);
                Rig rig = Rig.on(server, Map.of()).awaitUp()) {
            cancelled(server, () -> rig.query(SLEEP), language);
            assertThat(failed(rig)).as("cancelled by an administrator").isEmpty();

            assertThatThrownBy(() -> rig.update("set statement_timeout = '200ms'; " + SLEEP))
                    .isInstanceOfSatisfying(SQLException.class, CancelledStatementTest::isCancel);
            assertThat(failed(rig))
                    .as("at a limit of the caller's own, which only English words tell")
                    .isEqualTo(language.equals("en") ? Map.of(FailureKind.STATEMENT_TIMEOUT, 1L) : Map.of());

            try (Deadline.Scope ignored =
                    Deadline.in(Duration.ofMillis(1400), Time.system()).open()) {
                assertThatThrownBy(() -> rig.query(SLEEP))
                        .isInstanceOfSatisfying(SQLException.class, CancelledStatementTest::isCancel);
            }
            assertThat(failed(rig))
                    .as("at our limit")
                    .isEqualTo(Map.of(FailureKind.STATEMENT_TIMEOUT, language.equals("en") ? 2L : 1L));
            assertThat(rig.status()).isEqualTo(Status.UP);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void cancelledWorkOfTheControlConnection_isARefusal_andATimeOutAtItsLimit(String language) throws Exception {
        try (TestPostgres server = server(language);
                Rig rig = Rig.on(server, Map.of()).awaitUp();
                ControlConnection control = new ControlConnection(rig.postgres)) {
            cancelled(server, () -> control.call(CancelledStatementTest::sleep, Duration.ofSeconds(15)), language);
            String next = control.call(connection -> "goes on", Duration.ofSeconds(2));
            assertThat(next).isEqualTo("goes on");

            AtomicBoolean toldByTheServer = new AtomicBoolean();
            assertThatThrownBy(() -> control.call(
                            connection -> {
                                try {
                                    return sleep(connection);
                                } catch (SQLException ended) {
                                    toldByTheServer.set("57014".equals(ended.getSQLState()));
                                    throw ended;
                                }
                            },
                            Duration.ofSeconds(1)))
                    .isInstanceOf(ControlUnavailableException.class)
                    .hasMessageContaining("statement_timeout: ");
            assertThat(toldByTheServer).isTrue();
        }
    }

    private interface Work {
        Object run() throws SQLException;
    }

    /** Begins the work, cancels its statement as an administrator does, and expects the server's own error. */
    private static void cancelled(TestPostgres server, Work work, String language) throws Exception {
        CompletableFuture<SQLException> end = CompletableFuture.supplyAsync(() -> {
            try {
                work.run();
                throw new AssertionError("nothing cancelled it");
            } catch (SQLException ended) {
                return ended;
            }
        });
        await().atMost(Duration.ofSeconds(5))
                .until(() -> server.admin().ask("postgres", """
                        select count(pg_cancel_backend(pid)) from pg_stat_activity
                        where usename = 'registry' and state = 'active' and query = 'select pg_sleep(20)'""").equals("1"));
        SQLException ended = end.get();
        isCancel(ended);
        assertThat(ended.getMessage()).contains(language.equals("en") ? "user request" : "Benutzeraufforderung");
    }

    private static void isCancel(SQLException ended) {
        assertThat(ended.getSQLState()).isEqualTo("57014");
    }

    private static String sleep(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return String.valueOf(statement.execute(SLEEP));
        }
    }

    private static Map<FailureKind, Long> failed(Rig rig) {
        return rig.postgres.dependency().breaker().counts().failed();
    }

    /** A German one comes from Debian's programs, which have the translation. */
    private static TestPostgres server(String language) {
        TestPostgres.Builder builder = TestPostgres.builder();
        if (language.equals("de")) {
            Optional<PostgresPrograms> installed = PostgresPrograms.installed("15");
            builder.programs(installed.orElseThrow()).language(language);
        }
        TestPostgres server = builder.start();
        Rig.prepare(server);
        return server;
    }
}

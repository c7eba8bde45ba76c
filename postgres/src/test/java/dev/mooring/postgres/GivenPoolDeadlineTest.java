package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.time.Deadline;
import dev.mooring.time.Time;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A pool in place of one that exists keeps a caller's deadline against a server that freezes: it answers no statement, and no request to
 * cancel one either.
 */
@Tag("server")
@Timeout(60)
@Tag("alone")
class GivenPoolDeadlineTest {
    private static final Duration DEADLINE = Duration.ofSeconds(2);
    private static final Duration MOST = Duration.ofMillis(2400);

    private static TestPostgres server;

    @BeforeAll
    static void start() {
        server = TestPostgres.builder().tls().start();
        Rig.prepare(server);
    }

    @AfterEach
    void thaw() {
        server.thaw();
    }

    @AfterAll
    static void end() {
        server.close();
    }

    private interface Work {
        void run() throws SQLException;
    }

    /** Expects the work to fail at the deadline. */
    private static void failsInTime(String what, Work work) {
        long begun = System.nanoTime();
        try (Deadline.Scope scope = Deadline.in(DEADLINE, Time.system()).open()) {
            assertThat(scope).isNotNull();
            assertThatThrownBy(work::run).isInstanceOf(SQLException.class);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        Rig.measured(what + " with a deadline of 2 s on a frozen server", took, MOST);
        assertThat(took).isLessThan(MOST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "require"})
    void statement_onAFrozenServer_failsAtTheDeadline(String sslMode) throws SQLException {
        try (Given given =
                Given.inPlaceOf(Given.pool(server, "?sslmode=" + sslMode)).awaitUp()) {
            assertThat(Given.ask(given.dataSource(), "select 'well'")).isEqualTo("well");
            // HikariCP trusts a connection that was in use within the last half second.
            server.freeze();
            failsInTime("statement, sslmode=" + sslMode, () -> Given.ask(given.dataSource(), "select 1"));
        }
    }

    @Test
    void changeOfTheIsolation_onAFrozenServer_failsAtTheDeadline() throws SQLException {
        try (Given given = Given.inPlaceOf(Given.pool(server, "")).awaitUp()) {
            assertThat(Given.ask(given.dataSource(), "select 'well'")).isEqualTo("well");
            server.freeze();
            failsInTime("change of the isolation", () -> {
                try (Connection connection = given.dataSource().getConnection()) {
                    connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                }
            });
        }
    }

    @Test
    void limitOfTheCallersOwn_onAFrozenServer_doesNotOutliveTheDeadline() throws SQLException {
        try (Given given = Given.inPlaceOf(Given.pool(server, "")).awaitUp();
                Connection connection = given.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            server.freeze();
            failsInTime("statement with a limit of 1 s of its own", () -> statement.execute("select 1"));
        }
    }
}

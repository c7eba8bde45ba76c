package dev.mooring.testing.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The errors and answers that a client of the server gets in each of its states. */
class TestPostgresTest {
    @AutoClose
    private final TestPostgres server = TestPostgres.started();

    @Test
    void server_started_answersAndChecksPasswords() throws SQLException {
        server.admin().createRole("reader", "right ' password");
        server.admin().createDatabase("models \"of\" mine", "reader");

        try (Connection connection = connect("models \"of\" mine", "reader", "right ' password")) {
            assertThat(answer(connection, "select current_user")).isEqualTo("reader");
        }
        assertSqlState("28P01", () -> connect("postgres", "reader", "wrong"));
        assertSqlState("3D000", () -> connect("missing", "reader", "right ' password"));
    }

    @Test
    void server_stopped_refusesAndKeepsDataOverTheRestart() throws SQLException {
        server.admin().execute("create table kept (id int); insert into kept values (1)");
        try (Connection open = connect()) {
            server.stop();

            assertSqlState("57P01", () -> answer(open, "select 1"));
        }
        assertSqlState("08001", this::connect);
        int port = server.port();
        server.start();
        assertThat(server.port()).isEqualTo(port);
        assertThat(server.admin().ask("postgres", "select count(*) from kept")).isEqualTo("1");
    }

    @Test
    void passwords_areChecked_afterOneIteration_alsoThoseThatAreNotAscii() throws SQLException {
        for (String password : List.of("plain-1", "übergröße ﬁ")) {
            String user = "user of " + password;
            server.admin().createRole(user, password);
            try (Connection connection = connect("postgres", user, password)) {
                assertThat(answer(connection, "select current_user")).isEqualTo(user);
            }
            assertSqlState("28P01", () -> connect("postgres", user, password + "x"));
            server.admin().changePassword(user, "another");
            connect("postgres", user, "another").close();
        }
        assertThat(server.admin()
                        .ask("postgres", "select bool_and(rolpassword like 'SCRAM-SHA-256$1:%') from pg_authid"))
                .isEqualTo("t");
    }

    @Test
    void server_killed_keepsWhatWasCommitted() throws SQLException {
        server.admin().execute("create table kept (id int); insert into kept values (1)");
        try (Connection open = connect()) {
            server.kill();

            assertSqlState("08006", () -> answer(open, "select 1"));
        }
        assertThat(server.isRunning()).isFalse();
        server.start();
        assertThat(server.admin().ask("postgres", "select count(*) from kept")).isEqualTo("1");
    }

    @Test
    void server_killed_leavesNoPidFileForTheNextStart() throws SQLException {
        Path data = Path.of(server.admin().ask("postgres", "show data_directory"));
        assertThat(data.resolve("postmaster.pid")).exists();

        server.kill();

        assertThat(data.resolve("postmaster.pid")).doesNotExist();
    }

    @Test
    void server_stoppedImmediately_recoversAtTheNextStart() throws SQLException {
        server.admin().execute("create table kept (id int); insert into kept values (1)");

        server.stopImmediately();
        server.start();

        assertThat(server.admin().ask("postgres", "select count(*) from kept")).isEqualTo("1");
        assertThat(server.log()).anyMatch(line -> line.contains("automatic recovery"));
    }

    @Test
    void server_frozen_acceptsAndNeverAnswersUntilThawed() throws SQLException {
        try (Connection open = connect()) {
            open.setNetworkTimeout(Runnable::run, 300);
            server.freeze();

            assertSqlState("08006", () -> answer(open, "select 1"));
            assertSqlState("08001", this::connect);

            server.thaw();
        }
        try (Connection fresh = connect()) {
            assertThat(answer(fresh, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void server_frozen_canBeClosed() {
        server.freeze();

        server.close();

        assertThat(server.isRunning()).isFalse();
    }

    @Test
    void server_readOnly_refusesWritesOfOpenAndNewSessions() throws SQLException {
        server.admin().execute("create table t (id int)");
        try (Connection open = connect()) {
            server.makeReadOnly();

            assertSqlState("25006", () -> run(connect(), "insert into t values (1)"));
            assertSqlState("25006", () -> run(open, "insert into t values (1)"));

            server.makeWritable();
            run(open, "insert into t values (1)");
        }
        assertThat(server.admin().ask("postgres", "select count(*) from t")).isEqualTo("1");
    }

    @Test
    void server_asStandby_isInRecoveryUntilPromoted() throws SQLException {
        server.admin().execute("create table t (id int)");

        server.becomeStandby();

        try (Connection open = connect()) {
            assertThat(answer(open, "select pg_is_in_recovery()")).isEqualTo("t");
            assertSqlState("25006", () -> run(open, "insert into t values (1)"));

            server.promote();

            run(open, "insert into t values (1)");
        }
        server.restart();
        assertThat(server.admin().ask("postgres", "select pg_is_in_recovery()")).isEqualTo("f");
    }

    @Test
    void standby_followsItsPrimaryAndTakesOverWhenPromoted() throws SQLException {
        server.admin().execute("create table t (id int)");
        try (TestPostgres standby = server.newStandby()) {
            server.admin().execute("insert into t values (1)");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> standby.admin().ask("postgres", "select count(*) from t"), "1"::equals);
            assertSqlState("25006", () -> standby.admin().execute("insert into t values (2)"));

            server.kill();
            standby.promote();

            standby.admin().execute("insert into t values (2)");
            assertThat(standby.admin().ask("postgres", "select count(*) from t"))
                    .isEqualTo("2");
        }
    }

    @Test
    void server_withFewConnections_refusesOneTooMany() throws SQLException {
        try (TestPostgres small = TestPostgres.builder().maxConnections(5).start()) {
            small.admin().createRole("app", "secret");
            Properties app = credentials("app", "secret");
            try (Connection first = DriverManager.getConnection(small.jdbcUrl("postgres"), app);
                    Connection second = DriverManager.getConnection(small.jdbcUrl("postgres"), app)) {
                assertThat(first.isValid(1)).isTrue();
                assertThat(second.isValid(1)).isTrue();
                assertSqlState("53300", () -> DriverManager.getConnection(small.jdbcUrl("postgres"), app));
                assertThat(small.admin().ask("postgres", "select 1")).isEqualTo("1");
            }
        }
    }

    @Test
    void server_withTls_provesWhoItIs() throws SQLException {
        try (TestPostgres tls = TestPostgres.builder().tls().start()) {
            Properties properties = credentials(tls.admin().user(), tls.admin().password());
            properties.setProperty("sslmode", "verify-full");
            properties.setProperty("sslrootcert", tls.certificate().toString());

            for (String host : new String[] {"127.0.0.1", "localhost"}) {
                String url = "jdbc:postgresql://" + host + ":" + tls.port() + "/postgres";
                try (Connection connection = DriverManager.getConnection(url, properties)) {
                    assertThat(answer(connection, "select ssl from pg_stat_ssl where pid = pg_backend_pid()"))
                            .isEqualTo("t");
                }
            }
        }
        assertThatIllegalStateException().isThrownBy(server::certificate).withMessageContaining("tls()");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void disk_filled_failsWritesUntilFreedAndTheServerLives() throws SQLException {
        try (TestPostgres small = TestPostgres.builder().smallDisk().start()) {
            small.admin().execute("create table t (text text)");

            small.fillDisk();

            assertSqlState("53100", () -> small.admin()
                    .execute("insert into t select repeat('x', 1000) from generate_series(1, 1000)"));
            assertThat(small.admin().ask("postgres", "select count(*) from t")).isEqualTo("0");

            small.freeDisk();
            small.admin().execute("insert into t select repeat('x', 1000) from generate_series(1, 1000)");
            small.restart();
            assertThat(small.admin().ask("postgres", "select count(*) from t")).isEqualTo("1000");
        }
        assertThatIllegalStateException().isThrownBy(server::fillDisk).withMessageContaining("smallDisk()");
    }

    @Test
    void sessions_disconnected_areToldSo() throws SQLException {
        try (Connection open = connect()) {
            assertThat(server.admin().disconnectAll()).isEqualTo(1);

            assertSqlState("57P01", () -> answer(open, "select 1"));
        }
    }

    @Test
    void server_createdForLater_isNotThereUntilStarted() throws SQLException {
        try (TestPostgres late = TestPostgres.builder().create()) {
            assertThat(late.isRunning()).isFalse();
            assertSqlState("08001", () -> late.admin().connect("postgres"));

            late.start();

            assertThat(late.admin().ask("postgres", "select 1")).isEqualTo("1");
        }
    }

    @Test
    void server_inTheWrongState_saysSo() {
        assertThatIllegalStateException().isThrownBy(server::start).withMessageContaining("runs already");
        server.stop();
        assertThatIllegalStateException().isThrownBy(server::stop).withMessageContaining("does not run");
    }

    @Test
    void secondServer_startsInLessThanASecond() {
        long start = System.nanoTime();
        try (TestPostgres second = TestPostgres.started()) {
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            System.out.println("measured start of a further "
                    + PostgresPrograms.chosen().description() + ": " + took.toMillis() + " ms (at most 1000 ms)");
            assertThat(took).isLessThan(Duration.ofSeconds(1));
        }
    }

    private Connection connect() throws SQLException {
        return connect("postgres", server.admin().user(), server.admin().password());
    }

    private Connection connect(String database, String user, String password) throws SQLException {
        String encoded = database.replace(" ", "%20").replace("\"", "%22");
        return DriverManager.getConnection(server.jdbcUrl(encoded), credentials(user, password));
    }

    private static Properties credentials(String user, String password) {
        Properties properties = new Properties();
        properties.putAll(Map.of("user", user, "password", password, "connectTimeout", "1", "socketTimeout", "1"));
        return properties;
    }

    private static String answer(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void assertSqlState(String expected, Call call) {
        assertThatExceptionOfType(SQLException.class).isThrownBy(call::run).satisfies(e -> assertThat(e.getSQLState())
                .as("SQLSTATE of %s", e)
                .isEqualTo(expected));
    }

    private interface Call {
        void run() throws SQLException;
    }
}

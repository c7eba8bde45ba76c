package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import com.zaxxer.hikari.util.Credentials;
import dev.mooring.Mooring;
import dev.mooring.health.Status;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.time.Deadline;
import dev.mooring.time.Time;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.postgresql.PGConnection;

/** While the database is well, a supervised pool behaves as HikariCP's own with the same configuration. */
@Tag("server")
@Timeout(60)
class GivenPoolTest {
    private static TestPostgres server;

    @BeforeAll
    static void start() throws SQLException {
        server = TestPostgres.builder().tls().start();
        Rig.prepare(server);
        server.admin().execute("mlflow_db", "create schema app authorization registry");
        server.admin().execute("mlflow_db", "create table app.place (id int primary key, doc jsonb)");
        server.admin().execute("mlflow_db", "alter table app.place owner to registry");
    }

    @AfterAll
    static void end() {
        server.close();
    }

    /** All that a session shows of its configuration: the server's settings, and the driver's. */
    private static Map<String, String> look(HikariDataSource pool) throws SQLException {
        Map<String, String> seen = new TreeMap<>();
        try (Connection connection = pool.getConnection()) {
            seen.put("auto-commit", String.valueOf(connection.getAutoCommit()));
            seen.put("read-only", String.valueOf(connection.isReadOnly()));
            seen.put("isolation", String.valueOf(connection.getTransactionIsolation()));
            seen.put("schema", connection.getSchema());
            seen.put("catalog", connection.getCatalog());
            seen.put("network timeout", String.valueOf(connection.getNetworkTimeout()));
            seen.put("user", connection.getMetaData().getUserName());
            PGConnection driver = connection.unwrap(PGConnection.class);
            seen.put("prepare threshold", String.valueOf(driver.getPrepareThreshold()));
            seen.put("query mode", String.valueOf(driver.getPreferQueryMode()));
            seen.put("default fetch size", String.valueOf(driver.getDefaultFetchSize()));
            seen.put("tls", Given.ask(connection, "select ssl from pg_stat_ssl where pid = pg_backend_pid()"));
            try (PreparedStatement all = connection.prepareStatement("select name, setting from pg_settings");
                    ResultSet rows = all.executeQuery()) {
                while (rows.next()) {
                    seen.put("server " + rows.getString(1), String.valueOf(rows.getString(2)));
                }
            }
        }
        return seen;
    }

    /** Asserts that a session of the supervised pool is as one of a plain pool, and returns it. */
    private static Map<String, String> sameSession(HikariConfig config) throws SQLException {
        Map<String, String> plain;
        try (HikariDataSource pool = new HikariDataSource(config)) {
            plain = look(pool);
        }
        try (Given given = Given.inPlaceOf(config)) {
            Map<String, String> supervised = look(given.dataSource());
            assertThat(supervised.keySet()).isEqualTo(plain.keySet());
            supervised.entrySet().removeAll(plain.entrySet());
            assertThat(supervised).as("what differs from a plain pool").isEmpty();
        }
        return plain;
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void session_withoutAnySetting_isThatOfAPlainPool() throws SQLException {
        Map<String, String> seen = sameSession(Given.pool(server, ""));
        assertThat(seen)
                .containsEntry("server statement_timeout", "0")
                .containsEntry("server lock_timeout", "0")
                .containsEntry("server application_name", "PostgreSQL JDBC Driver")
                .containsEntry("server client_connection_check_interval", "0")
                .containsEntry("auto-commit", "true")
                .containsEntry("network timeout", "0")
                .containsEntry("prepare threshold", "5")
                .as("prefer, the driver's own sslmode")
                .containsEntry("tls", "t");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void session_withParametersInTheUrl_isThatOfAPlainPool() throws SQLException {
        String parameters = "?currentSchema=app,public&ApplicationName=shop&prepareThreshold=3&sslmode=disable"
                + "&socketTimeout=45&connectTimeout=7&loginTimeout=9&defaultRowFetchSize=77&preferQueryMode=extended"
                + "&options=-c%20statement_timeout=23s%20-c%20work_mem=5MB&tcpKeepAlive=true&targetServerType=primary";
        Map<String, String> seen = sameSession(Given.pool(server, parameters));
        assertThat(seen)
                .containsEntry("schema", "app")
                .containsEntry("server application_name", "shop")
                .containsEntry("server statement_timeout", "23000")
                .containsEntry("server work_mem", "5120")
                .containsEntry("prepare threshold", "3")
                .containsEntry("default fetch size", "77")
                .containsEntry("network timeout", "45000")
                .containsEntry("tls", "f");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void session_withPropertiesOfThePool_isThatOfAPlainPool() throws SQLException {
        HikariConfig config = Given.pool(server, "");
        config.setAutoCommit(false);
        config.setSchema("app");
        config.setReadOnly(true);
        config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        config.setConnectionInitSql("set lock_timeout = '11s'");
        config.addDataSourceProperty("ApplicationName", "of the properties");
        config.addDataSourceProperty("prepareThreshold", "9");
        config.setExceptionOverrideClassName(AsDefault.class.getName());
        Map<String, String> seen = sameSession(config);
        assertThat(seen)
                .containsEntry("auto-commit", "false")
                .containsEntry("schema", "app")
                .containsEntry("read-only", "true")
                .containsEntry("isolation", String.valueOf(Connection.TRANSACTION_REPEATABLE_READ))
                .containsEntry("server lock_timeout", "11000")
                .containsEntry("server application_name", "of the properties")
                .containsEntry("prepare threshold", "9");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void url_withANameOnly_isTheDriversToRead() throws SQLException {
        HikariConfig config = Given.pool(server, "");
        config.setJdbcUrl("jdbc:postgresql:mlflow_db");
        config.addDataSourceProperty("PGHOST", "127.0.0.1");
        config.addDataSourceProperty("PGPORT", String.valueOf(server.port()));
        assertThat(sameSession(config)).containsEntry("catalog", "mlflow_db");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void userAndPassword_inTheUrl_win() throws SQLException {
        HikariConfig config = Given.pool(server, "?user=registry&password=" + Rig.PASSWORD);
        config.setUsername("another");
        config.setPassword("wrong");
        assertThat(sameSession(config)).containsEntry("user", "registry");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void transaction_withoutAutoCommit_isAtomic() throws SQLException {
        HikariConfig config =
                Given.pool(server, "?currentSchema=app&stringtype=unspecified&reWriteBatchedInserts=true");
        config.setAutoCommit(false);
        try (Given given = Given.inPlaceOf(config)) {
            try (Connection connection = given.dataSource().getConnection()) {
                Given.run(connection, "insert into place values (1, '{}')");
            }
            assertThat(Given.ask(given.dataSource(), "select count(*) from place"))
                    .as("rows without a commit")
                    .isEqualTo("0");
            try (Connection connection = given.dataSource().getConnection()) {
                int[] counts = batch(connection);
                connection.commit();
                assertThat(counts).as("one statement for all").containsOnly(-2);
            }
            assertThat(Given.ask(given.dataSource(), "select count(*) from place"))
                    .isEqualTo("20");
        }
    }

    private static int[] batch(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into place values (?, ?)")) {
            for (int i = 10; i < 30; i++) {
                insert.setInt(1, i);
                // Without stringtype=unspecified the server refuses a text for jsonb.
                insert.setString(2, "{\"n\": " + i + "}");
                insert.addBatch();
            }
            return insert.executeBatch();
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void configuration_staysReadable_andNothingOfItEndsTheStart() throws SQLException {
        HikariConfig config = Given.pool(server, "?sslmode=prefer");
        config.setPoolName("shop");
        config.setIdleTimeout(0);
        config.setMaxLifetime(0);
        config.setConnectionTimeout(12_000);
        config.setRegisterMbeans(true);
        try (Given given = Given.inPlaceOf(config).awaitUp()) {
            HikariDataSource pool = given.dataSource();
            assertThat(pool.getPoolName()).isEqualTo("shop");
            assertThat(pool.getIdleTimeout()).isZero();
            assertThat(pool.getMaxLifetime()).isZero();
            assertThat(pool.getConnectionTimeout()).isEqualTo(12_000);
            assertThat(pool.getJdbcUrl()).isEqualTo(config.getJdbcUrl());
            assertThat(pool.getUsername()).isEqualTo(Rig.USER);
            assertThat(pool.getMaximumPoolSize()).isEqualTo(5);
            assertThat(pool.getHikariPoolMXBean()).isInstanceOf(HikariPool.class);
            assertThat(((DataSource) pool).unwrap(HikariDataSource.class)).isSameAs(pool);
            assertThat(pool.isWrapperFor(HikariDataSource.class)).isTrue();
            assertThat(pool.isRunning()).isTrue();
            try (Connection connection = pool.getConnection()) {
                assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isOne();
                pool.evictConnection(connection);
            }
            assertThat(threads("shop")).isNotEmpty();
        }
        await().untilAsserted(() -> assertThat(threads("shop")).isEmpty());
        await().untilAsserted(() -> assertThat(threads("mooring-[a-z]+-orders")).isEmpty());
    }

    private static List<String> threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(found -> found.matches("(?s)" + name + "( .*|-.*|:.*)?"))
                .toList();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void close_ofTheDataSource_endsItsSessionsAndThreads() throws SQLException {
        HikariConfig config = Given.pool(server, "?ApplicationName=closing");
        config.setPoolName("closing");
        InPlaceOfAPool given = new InPlaceOfAPool(config);
        assertThat(Given.ask(given.dataSource, "select 1")).isEqualTo("1");
        given.close();
        assertThat(given.dataSource.isClosed()).isTrue();
        assertThatThrownBy(() -> given.dataSource.getConnection()).isInstanceOf(SQLException.class);
        await().until(() -> server.admin()
                .ask("mlflow_db", "select count(*) from pg_stat_activity where application_name = 'closing'")
                .equals("0"));
        await().untilAsserted(() -> assertThat(threads("closing")).isEmpty());
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void password_isAskedAtEachLogIn() throws SQLException {
        server.admin().createRole("rotating", "first");
        HikariConfig config = Given.pool(server, "");
        config.setUsername("rotating");
        config.setPassword("first");
        try (Given given = Given.inPlaceOf(config).awaitUp()) {
            server.admin().changePassword("rotating", "second");
            given.dataSource().getHikariConfigMXBean().setPassword("second");
            assertThat(config.getPassword()).isEqualTo("second");
            given.dataSource().getHikariPoolMXBean().softEvictConnections();
            assertThat(Given.ask(given.dataSource(), "select current_user")).isEqualTo("rotating");

            server.admin().changePassword("rotating", "third");
            config.setCredentials(Credentials.of("rotating", "third"));
            given.dataSource().getHikariPoolMXBean().softEvictConnections();
            assertThat(Given.ask(given.dataSource(), "select current_user")).isEqualTo("rotating");
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void credentials_ofAProviderOrASubclass_areAskedAtEachLogIn() throws SQLException {
        AtomicInteger provided = new AtomicInteger();
        HikariConfig config = Given.pool(server, "");
        config.setUsername(null);
        config.setPassword(null);
        config.setCredentialsProvider(() -> {
            provided.incrementAndGet();
            return Credentials.of(Rig.USER, Rig.PASSWORD);
        });
        try (Given given = Given.inPlaceOf(config)) {
            assertThat(Given.ask(given.dataSource(), "select current_user")).isEqualTo(Rig.USER);
            assertThat(provided.get()).isPositive();
        }
        for (HikariConfig one : List.of(new Token(), new Pair())) {
            HikariConfig subclass = Given.pool(server, "");
            subclass.setPassword("wrong");
            subclass.copyStateTo(one);
            try (Given given = Given.inPlaceOf(one)) {
                assertThat(Given.ask(given.dataSource(), "select current_user")).isEqualTo(Rig.USER);
            }
        }
    }

    private static final class Token extends HikariConfig {
        @Override
        public String getPassword() {
            return Rig.PASSWORD;
        }
    }

    private static final class Pair extends HikariConfig {
        @Override
        public Credentials getCredentials() {
            return Credentials.of(Rig.USER, Rig.PASSWORD);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void exceptions_areForTheApplicationToJudge() throws SQLException {
        HikariConfig config = Given.pool(server, "");
        config.setExceptionOverride(new AsDefault());
        try (Given given = Given.inPlaceOf(config);
                Connection connection = given.dataSource().getConnection()) {
            int before = AsDefault.ASKED.get();
            assertThatThrownBy(() -> Given.run(connection, "select no_such_column"))
                    .isInstanceOf(SQLException.class);
            assertThat(AsDefault.ASKED.get()).isGreaterThan(before);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void startTask_canUseTheDataSourceItself_andGetsConnectionsAsThePoolMakesThem() throws SQLException {
        HikariConfig config = Given.pool(server, "?currentSchema=public");
        config.setAutoCommit(false);
        config.setSchema("app");
        config.setTransactionIsolation("TRANSACTION_SERIALIZABLE");
        config.setConnectionInitSql("set lock_timeout = '12s'");
        List<String> seen = new CopyOnWriteArrayList<>();
        AtomicReference<HikariDataSource> itself = new AtomicReference<>();
        DatabaseTask looks = connections -> {
            for (DataSource one : List.of(itself.get(), connections)) {
                try (Connection connection = one.getConnection()) {
                    seen.add(connection.getAutoCommit() + " " + connection.getSchema() + " "
                            + connection.getTransactionIsolation() + " " + Given.ask(connection, "show lock_timeout")
                            + " " + Given.ask(connection, "show statement_timeout"));
                }
            }
        };
        Postgres postgres =
                Postgres.inPlaceOf("orders", config).startTask("looks", looks).build();
        itself.set(postgres.dataSource());
        try (postgres;
                Mooring mooring = Mooring.supervise(postgres.dependency())) {
            assertThat(mooring.dependencies()).hasSize(1);
            assertThat(Given.ask(postgres.dataSource(), "show lock_timeout")).isEqualTo("12s");
            assertThat(seen).containsExactly("false app 8 12s 0", "false app 8 12s 0");
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void deadline_ofTheThread_cutsAStatementAndLeavesTheSession() throws Exception {
        try (Given given = Given.inPlaceOf(Given.pool(server, "")).awaitUp();
                Connection connection = given.dataSource().getConnection()) {
            long begun = System.nanoTime();
            try (Deadline.Scope scope =
                    Deadline.in(Duration.ofMillis(1800), Time.system()).open()) {
                assertThat(scope).isNotNull();
                assertThatThrownBy(() -> Given.ask(connection, "select pg_sleep(10)"))
                        .hasMessageContaining("user request");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(2500));
            assertThat(Given.ask(connection, "show statement_timeout")).isEqualTo("0");
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void leak_isLoggedAsByAPlainPool() throws Exception {
        HikariConfig config = Given.pool(server, "");
        config.setLeakDetectionThreshold(2000);
        try (Logged logged = Logged.of("com.zaxxer.hikari.pool.ProxyLeakTask");
                Given given = Given.inPlaceOf(config).awaitUp();
                Connection leaks = given.dataSource().getConnection()) {
            await().until(() -> logged.lines().stream().anyMatch(line -> line.contains("leak")));
            assertThat(leaks.isClosed()).isFalse();
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void pool_thatCannotBeSupervised_isRefusedWithTheReason() {
        refused(config -> config.setJdbcUrl("jdbc:h2:mem:s3cret"), "its JDBC URL does not begin with jdbc:postgresql:");
        refused(config -> config.setJdbcUrl(null), "it has no JDBC URL");
        refused(config -> config.setDataSourceClassName("org.postgresql.ds.PGSimpleDataSource"), "data source class");
        refused(config -> config.setDataSource(server.admin().dataSource("mlflow_db")), "a DataSource of its own");
        refused(config -> config.addDataSourceProperty("socketFactory", "com.example.Tunnel"), "socketFactory");
        refused(config -> config.setJdbcUrl("jdbc:postgresql://h/d?connectTimeout=soon"), "connectTimeout");
        refused(config -> config.setJdbcUrl("jdbc:postgresql://h/d/e"), "the driver cannot read the URL");
        refused(
                config -> config.setDriverClassName(Wrapper.class.getName()),
                "it uses the driver " + Wrapper.class.getName());
    }

    /** A driver of another name. */
    public static final class Wrapper extends org.postgresql.Driver {}

    private static void refused(Consumer<HikariConfig> change, String reason) {
        HikariConfig config = Given.pool(server, "");
        change.accept(config);
        assertThatThrownBy(() -> Postgres.inPlaceOf("orders", config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason)
                .message()
                .doesNotContain("s3cret");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void readOnlyPool_onAServerThatRefusesWrites_isWell() throws SQLException {
        server.admin().createDatabase("reports", Rig.USER);
        server.admin().execute("alter database reports set default_transaction_read_only = on");
        HikariConfig config = Given.pool(server, "");
        config.setJdbcUrl(server.jdbcUrl("reports"));
        HikariConfig reading = new HikariConfig();
        config.copyStateTo(reading);
        reading.setReadOnly(true);
        try (Given writes = Given.inPlaceOf(config);
                Given reads = Given.inPlaceOf(reading)) {
            reads.awaitUp();
            await().until(() -> writes.status() == Status.DEGRADED);
            assertThat(Given.ask(reads.dataSource(), "select 1")).isEqualTo("1");
        }
    }
}

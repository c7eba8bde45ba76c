package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mooring.health.Status;
import dev.mooring.postgres.control.ControlConnection;
import dev.mooring.testing.postgres.TestPgBouncer;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.time.Deadline;
import dev.mooring.time.Time;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/** A pooler before the server, that gives a client another server process for each transaction, or one for the whole session. */
@Tag("server")
@Timeout(90)
@EnabledIf("dev.mooring.testing.postgres.TestPgBouncer#isInstalled")
class PoolerTest {
    private static final Map<String, String> USERS = Map.of(Rig.USER, Rig.PASSWORD);
    private static final int CLIENTS = 10;
    private static final int ROUNDS = 100;
    private static final int PROCESSES = 4;

    private static TestPostgres server;

    @BeforeAll
    static void startServer() {
        server = Rig.server();
    }

    @AfterAll
    static void endServer() {
        server.close();
    }

    @BeforeEach
    void makeTable() throws SQLException {
        server.admin().execute("mlflow_db", "drop schema if exists shop cascade; drop table if exists kept");
        server.admin().execute("mlflow_db", "create table kept (id int primary key)");
        server.admin().execute("mlflow_db", "alter table kept owner to registry");
    }

    @Test
    void transactionPooler_underConcurrency_keepsEveryCommittedWrite() throws Exception {
        try (TestPgBouncer pooler = transactionPooler();
                Rig rig = behind(pooler, Map.of()).awaitUp()) {
            List<Integer> committed = writeFromManyClients(rig);

            assertThat(committed).hasSize(CLIENTS * ROUNDS);
            assertThat(server.admin().ask("mlflow_db", "select count(*) from kept"))
                    .isEqualTo(String.valueOf(committed.size()));
            assertThat(rig.status()).isEqualTo(Status.UP);
            assertThat(rig.health().lastFailure()).isEmpty();
        }
    }

    private static List<Integer> writeFromManyClients(Rig rig) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Callable<List<Integer>>> clients = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                int first = client * ROUNDS;
                clients.add(() -> write(rig, first));
            }
            List<Integer> committed = new ArrayList<>();
            for (Future<List<Integer>> client : threads.invokeAll(clients, 60, TimeUnit.SECONDS)) {
                committed.addAll(client.get());
            }
            return committed;
        } finally {
            threads.shutdownNow();
        }
    }

    /** Writes in transactions, each followed by a read-only one and by a statement that commits by itself. */
    private static List<Integer> write(Rig rig, int first) throws SQLException {
        List<Integer> committed = new ArrayList<>();
        for (int id = first; id < first + ROUNDS; id++) {
            try (Deadline.Scope ignored = Deadline.in(Duration.ofSeconds(3 + id % 5), Time.system())
                            .open();
                    Connection connection = rig.postgres.dataSource().getConnection()) {
                connection.setAutoCommit(false);
                try (PreparedStatement insert =
                        connection.prepareStatement("insert into kept values (?) returning id")) {
                    insert.setInt(1, id);
                    insert.executeQuery().next();
                }
                connection.commit();
                committed.add(id);
                connection.setReadOnly(true);
                ask(connection, "select count(*) from kept");
                connection.commit();
                connection.setReadOnly(false);
                connection.setAutoCommit(true);
                ask(connection, "select max(id) from kept");
            }
        }
        return committed;
    }

    @Test
    void transactionPooler_isLeftWithoutState_forItsOtherClients() throws Exception {
        String settings =
                "select current_setting('statement_timeout') || current_setting('lock_timeout') || current_setting('search_path')"
                        + " || current_setting('transaction_isolation') || (select count(*) from pg_prepared_statements)";
        try (TestPgBouncer pooler = transactionPooler();
                Rig rig = behind(pooler, Map.of()).awaitUp()) {
            var unused = writeFromManyClients(rig);
            for (Connection connection : transactionsOnEachProcess(rig)) {
                try (connection) {
                    // The caller's own limits are those of its transaction; the next one has those of the server.
                    connection.rollback();
                    connection.setAutoCommit(true);
                    assertThat(ask(connection, settings)).isEqualTo("00\"$user\", publicread committed0");
                }
            }
        }
    }

    private static List<Connection> transactionsOnEachProcess(Rig rig) throws SQLException {
        List<Connection> open = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            Connection connection = rig.postgres.dataSource().getConnection();
            connection.setAutoCommit(false);
            ask(connection, "select 1");
            open.add(connection);
        }
        return open;
    }

    @Test
    void statement_inATransactionBehindATransactionPooler_endsAtItsLimit() throws SQLException {
        try (TestPgBouncer pooler = transactionPooler();
                Rig rig = behind(pooler, Map.of("DATABASE_STATEMENT_TIMEOUT", "500ms"))
                        .awaitUp();
                Connection connection = rig.postgres.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            assertThatThrownBy(() -> ask(connection, "select pg_sleep(20)"))
                    .isInstanceOfSatisfying(SQLException.class, ended -> assertThat(ended.getSQLState())
                            .isEqualTo("57014"));
            connection.rollback();
            assertThat(ask(connection, "select current_setting('lock_timeout')"))
                    .isEqualTo("500ms");
        }
    }

    @Test
    void isolation_behindATransactionPooler_isThatOfTheTransaction() throws SQLException {
        String isolation = "select current_setting('transaction_isolation')";
        try (TestPgBouncer pooler = transactionPooler();
                Rig rig = behind(pooler, Map.of()).awaitUp()) {
            try (Connection connection = rig.postgres.dataSource().getConnection()) {
                connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                connection.setAutoCommit(false);
                assertThat(ask(connection, isolation)).isEqualTo("serializable");
                assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
                connection.commit();
                assertThat(ask(connection, isolation)).isEqualTo("serializable");
                connection.rollback();
                assertThatThrownBy(() -> connection.setSchema("other"))
                        .isInstanceOf(SQLFeatureNotSupportedException.class)
                        .hasMessageContaining("set it for the role");
            }
            try (Connection connection = rig.postgres.dataSource().getConnection()) {
                connection.setAutoCommit(false);
                assertThat(ask(connection, isolation)).isEqualTo("read committed");
                connection.rollback();
            }
        }
    }

    @Test
    void isolationOfTheRole_behindATransactionPooler_isReplacedWhereTheServiceReliesOnAnother() throws SQLException {
        server.admin().execute("alter role registry set default_transaction_isolation = 'serializable'");
        String isolation = "select current_setting('transaction_isolation')";
        try (TestPgBouncer pooler = transactionPooler();
                Rig own =
                        behind(pooler, Map.of(), PostgresBuilder::readCommitted).awaitUp();
                Rig foreign = behind(pooler, Map.of()).awaitUp();
                ControlConnection control = new ControlConnection(foreign.postgres)) {
            String ofControl = control.call(connection -> ask(connection, isolation), Duration.ofSeconds(5));
            assertThat(ofControl).isEqualTo("read committed");
            try (Connection connection = foreign.postgres.dataSource().getConnection()) {
                connection.setAutoCommit(false);
                assertThat(ask(connection, isolation)).isEqualTo("serializable");
                connection.rollback();
            }
            try (Connection connection = own.postgres.dataSource().getConnection()) {
                assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
                connection.setAutoCommit(false);
                assertThat(ask(connection, isolation)).isEqualTo("read committed");
                connection.commit();
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                assertThat(ask(connection, isolation))
                        .as("the caller's own choice")
                        .isEqualTo("repeatable read");
                assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
                connection.rollback();
            }
        } finally {
            server.admin().execute("alter role registry reset default_transaction_isolation");
        }
    }

    @Test
    void transactionPooler_withTheServersOwnAddress_migratesThere() throws SQLException {
        Map<String, String> direct = Map.of("DATABASE_DIRECT_HOST", server.host() + ":" + server.port());
        try (TestPgBouncer pooler = transactionPooler();
                Rig rig = behind(pooler, direct, PoolerTest::migrating).awaitUp()) {
            assertThat(rig.query("select count(*) from shop.model")).isEqualTo("0");
            assertThat(rig.mooring.health().ready()).isTrue();
        }
    }

    @Test
    void transactionPooler_withoutTheServersOwnAddress_isNotReady_andNamesTheSetting() throws SQLException {
        try (TestPgBouncer pooler = transactionPooler();
                Rig rig = behind(pooler, Map.of(), PoolerTest::migrating)) {
            await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> assertThat(
                            rig.mooring.health().reasons())
                    .anySatisfy(reason -> assertThat(reason).contains("a pooler", "set DATABASE_DIRECT_HOST to")));
            assertThat(rig.mooring.health().ready()).isFalse();
            assertThatThrownBy(() -> rig.query("select 1")).isInstanceOf(SQLException.class);
            assertThat(server.admin().ask("mlflow_db", "select to_regnamespace('shop') is null"))
                    .isEqualTo("t");
        }
    }

    @Test
    void sessionPooler_migratesAndServesCalls_withoutAnotherAddress() throws Exception {
        try (TestPgBouncer pooler = TestPgBouncer.before(server, TestPgBouncer.Mode.SESSION, 30, USERS);
                Rig rig = behind(pooler, Map.of(), PoolerTest::migrating).awaitUp()) {
            assertThat(rig.query("select count(*) from shop.model")).isEqualTo("0");
            assertThat(writeFromManyClients(rig)).hasSize(CLIENTS * ROUNDS);
            assertThat(server.admin().ask("mlflow_db", "select count(*) from kept"))
                    .isEqualTo(String.valueOf(CLIENTS * ROUNDS));
        }
    }

    @Test
    void preparedStatement_withoutAPooler_isKeptAfterAsManyExecutionsAsSet() throws SQLException {
        assertThat(plansKept(Map.of())).isEqualTo(1);
        assertThat(plansKept(Map.of("DATABASE_PREPARE_THRESHOLD", "7"))).isZero();
        assertThat(plansKept(Map.of("DATABASE_PREPARE_THRESHOLD", "0"))).isZero();
    }

    private static int plansKept(Map<String, String> settings) throws SQLException {
        try (Rig rig = Rig.on(server, settings).awaitUp();
                Connection connection = rig.postgres.dataSource().getConnection()) {
            try (PreparedStatement statement = connection.prepareStatement("select count(*) from kept")) {
                for (int execution = 0; execution < 6; execution++) {
                    statement.executeQuery().next();
                }
                return Integer.parseInt(ask(
                        connection, "select count(*) from pg_prepared_statements where statement like '%from kept'"));
            }
        }
    }

    private static PostgresBuilder migrating(PostgresBuilder builder) {
        return builder.startTask(
                "shop", Migrations.of("shop", "classpath:migrations").expecting("model"));
    }

    private static TestPgBouncer transactionPooler() {
        return TestPgBouncer.before(server, TestPgBouncer.Mode.TRANSACTION, PROCESSES, USERS);
    }

    private static Rig behind(TestPgBouncer pooler, Map<String, String> settings) {
        return behind(pooler, settings, builder -> builder);
    }

    private static Rig behind(
            TestPgBouncer pooler, Map<String, String> settings, UnaryOperator<PostgresBuilder> change) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("DATABASE_PORT", String.valueOf(pooler.port()));
        all.put("DATABASE_POOL_MAX", String.valueOf(CLIENTS));
        return Rig.on(server, all, change);
    }

    private static String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}

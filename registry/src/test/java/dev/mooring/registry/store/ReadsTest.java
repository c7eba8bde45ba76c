package dev.mooring.registry.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.mooring.testing.postgres.TestPostgres;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** What the server does for a read: which transactions it begins, and which plans it keeps. */
@Timeout(60)
class ReadsTest {
    /** Enough for the driver to let the server keep a statement. */
    private static final int OFTEN = 12;

    private static final HikariDataSource POOL = new HikariDataSource();

    private static TestPostgres server;

    @BeforeAll
    static void start() {
        server = TestPostgres.started();
        POOL.setJdbcUrl(server.jdbcUrl("postgres"));
        POOL.setUsername(server.admin().user());
        POOL.setPassword(server.admin().password());
        POOL.setMaximumPoolSize(2);
    }

    @AfterAll
    static void end() {
        POOL.close();
        server.close();
    }

    @Test
    void statementsOfARead_useOneConnectionAndBelongToNoTransaction() {
        Transactions transactions = new Transactions(new JdbcTransactionManager(POOL));

        List<Seen> seen = transactions.read(() -> List.of(look(), look()));

        assertThat(seen).extracting(Seen::process).containsOnly(seen.get(0).process());
        assertThat(seen).extracting(Seen::transaction).doesNotHaveDuplicates();
        assertThat(POOL.getHikariPoolMXBean().getActiveConnections()).isZero();
    }

    @Test
    void statementsOfAReadBehindAPooler_belongToOneTransactionThatOnlyReads() {
        Transactions transactions = new Transactions(new JdbcTransactionManager(POOL), () -> true);

        List<Seen> seen = transactions.read(() -> List.of(look(), look()));

        assertThat(seen).extracting(Seen::transaction).containsOnly(seen.get(0).transaction());
        assertThat(seen).extracting(Seen::isReadOnly).containsOnly(true);
    }

    @Test
    void readInAWrite_belongsToItsTransaction() {
        Transactions transactions = new Transactions(new JdbcTransactionManager(POOL));

        List<Seen> seen = transactions.write(() -> List.of(look(), transactions.read(ReadsTest::look)));

        assertThat(seen).extracting(Seen::transaction).containsOnly(seen.get(0).transaction());
    }

    @Test
    void statementThatIsPlannedAnew_isNotKeptByTheServer() {
        Transactions transactions = new Transactions(new JdbcTransactionManager(POOL));

        assertThat(kept(transactions, JdbcClient.create(POOL), "usual")).isEqualTo(1);
        assertThat(kept(transactions, PlannedAnew.on(POOL), "anew")).isZero();
    }

    /** How many statements with this name the server keeps for the session, after it ran often. */
    private static long kept(Transactions transactions, JdbcClient client, String name) {
        return transactions.read(() -> {
            for (int i = 0; i < OFTEN; i++) {
                assertThat(client.sql("select :i as " + name)
                                .param("i", i)
                                .query(Integer.class)
                                .single())
                        .isEqualTo(i);
            }
            return JdbcClient.create(POOL)
                    .sql("select count(*) from pg_prepared_statements where statement like '%as ' || :name")
                    .param("name", name)
                    .query(Long.class)
                    .single();
        });
    }

    /** The server's {@code now()} is the time at which the transaction began. */
    private static Seen look() {
        return JdbcClient.create(POOL)
                .sql("select pg_backend_pid(), cast(now() as text), current_setting('transaction_read_only') = 'on'")
                .query((row, n) -> new Seen(row.getInt(1), row.getString(2), row.getBoolean(3)))
                .single();
    }

    /** What a statement saw: its process, when its transaction began, and whether it could only read. */
    private record Seen(int process, String transaction, boolean isReadOnly) {}
}

package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.testing.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Defaults that the database or the role sets for each session, and that our sessions must not obey. */
@Tag("server")
@Timeout(60)
class SessionDefaultsTest {
    private static final List<String> LIMITS =
            List.of("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout", "idle_session_timeout");

    @AutoClose
    private final TestPostgres server = Rig.server();

    @Test
    void startTask_hasNoneOfTheLimitsOfTheRole() throws SQLException {
        for (String limit : LIMITS) {
            server.admin().execute("alter role registry set " + limit + " = '400ms'");
        }
        List<String> seen = new CopyOnWriteArrayList<>();
        DatabaseTask looks = connections -> {
            try (Connection connection = connections.getConnection()) {
                for (String limit : LIMITS) {
                    seen.add(show(connection, limit));
                }
                connection.setAutoCommit(false);
                show(connection, "search_path");
                try (Connection other = connections.getConnection()) {
                    run(other, "select pg_sleep(1)");
                }
                show(connection, "search_path");
                connection.commit();
            }
        };
        try (Rig rig =
                Rig.on(server, Map.of(), plan -> plan.startTask("looks", looks)).awaitUp()) {
            assertThat(seen).containsExactly("0", "0", "0", "0");
            assertThat(rig.query("show statement_timeout")).isEqualTo("10s");
        }
    }

    @Test
    void sessions_setTheServersSideOfKeepAlive_ofThePoolAndOfStartTasks() throws SQLException {
        List<String> ofTask = new CopyOnWriteArrayList<>();
        DatabaseTask looks = connections -> {
            try (Connection connection = connections.getConnection()) {
                ofTask.addAll(keepAlive(connection));
            }
        };
        Map<String, String> settings = Map.of("DATABASE_KEEPALIVE_COUNT", "4");
        try (Rig rig = Rig.on(server, settings, plan -> plan.startTask("looks", looks))
                        .awaitUp();
                Connection connection = rig.postgres.dataSource().getConnection()) {
            assertThat(keepAlive(connection)).containsExactly("600", "30", "4");
            assertThat(ofTask).containsExactly("600", "30", "4");
        }
    }

    private static List<String> keepAlive(Connection connection) throws SQLException {
        return List.of(
                show(connection, "tcp_keepalives_idle"),
                show(connection, "tcp_keepalives_interval"),
                show(connection, "tcp_keepalives_count"));
    }

    @Test
    void isolationOfTheDatabase_isReplacedWhereTheServiceReliesOnAnother() throws SQLException {
        server.admin().execute("alter database mlflow_db set default_transaction_isolation = 'serializable'");
        try (Rig own = Rig.on(server, Map.of(), PostgresBuilder::readCommitted).awaitUp();
                Rig foreign = Rig.on(server, Map.of()).awaitUp()) {
            assertThat(isolations(own)).containsOnly("read committed");
            assertThat(isolations(foreign)).containsOnly("serializable");
        }
    }

    private static List<String> isolations(Rig rig) throws SQLException {
        List<String> seen = new ArrayList<>();
        for (boolean autoCommit : new boolean[] {true, false}) {
            try (Connection connection = rig.postgres.dataSource().getConnection()) {
                connection.setAutoCommit(autoCommit);
                seen.add(show(connection, "transaction_isolation"));
                connection.setAutoCommit(true);
            }
        }
        return seen;
    }

    private static String show(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show " + name)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

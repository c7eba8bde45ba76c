package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.testing.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The next version's migration changes a table whose statements this version has prepared on the server. */
@Tag("server")
@Timeout(60)
class StalePlanTest {
    /** So often the driver sends a statement before it prepares it on the server. */
    private static final int UNTIL_PREPARED = 8;

    private static final String SELECT = "select * from thing where id = ?";

    @AutoClose
    private final TestPostgres server = Rig.server();

    @AutoClose
    private Rig rig;

    @BeforeEach
    void prepare() throws SQLException {
        server.admin()
                .execute(
                        "mlflow_db",
                        "create table thing (id int primary key); insert into thing values (1);"
                                + " create table written (n int); grant all on thing, written to registry");
        rig = Rig.on(server, Map.of("DATABASE_POOL_MIN", "1", "DATABASE_POOL_MAX", "1"))
                .awaitUp();
        for (int i = 0; i < UNTIL_PREPARED; i++) {
            try (Connection connection = rig.postgres.dataSource().getConnection()) {
                assertThat(columns(connection)).isEqualTo(1);
            }
        }
        server.admin().execute("mlflow_db", "alter table thing add column more text");
    }

    @Test
    void statementOutsideATransaction_isPlannedAnewOnTheSpot() throws SQLException {
        try (Connection connection = rig.postgres.dataSource().getConnection()) {
            assertThat(columns(connection)).isEqualTo(2);
        }
    }

    @Test
    void firstStatementOfATransaction_isPlannedAnewOnTheSpot() throws SQLException {
        try (Connection connection = rig.postgres.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            assertThat(columns(connection)).isEqualTo(2);
            write(connection);
            connection.commit();
            connection.setAutoCommit(true);
        }
        assertThat(rig.query("select count(*) from written")).isEqualTo("1");
    }

    @Test
    void statementAfterAWrite_failsWithTheTrueErrorAndTheConnectionLives() throws SQLException {
        try (Connection connection = rig.postgres.dataSource().getConnection()) {
            String backend = backend(connection);
            connection.setAutoCommit(false);
            write(connection);
            assertThatThrownBy(() -> columns(connection))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("cached plan must not change result type")
                    .satisfies(failed ->
                            assertThat(RolledBack.byPassingConflict(failed)).isTrue());
            connection.rollback();
            write(connection);
            assertThat(columns(connection)).isEqualTo(2);
            connection.commit();
            connection.setAutoCommit(true);
            assertThat(backend(connection)).isEqualTo(backend);
        }
        assertThat(rig.query("select count(*) from written")).isEqualTo("1");
    }

    private static int columns(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SELECT)) {
            statement.setInt(1, 1);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.getMetaData().getColumnCount();
            }
        }
    }

    private static void write(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("insert into written values (1)");
        }
    }

    private static String backend(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            return row.getString(1);
        }
    }
}

package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.postgres.settings.PostgresSettings;
import dev.mooring.settings.Secret;
import dev.mooring.testing.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("server")
@Timeout(60)
class JobConnectionsTest {
    private static final Duration LIMIT = Duration.ofMillis(500);

    @AutoClose
    private final TestPostgres server = Rig.server();

    @Test
    void statement_thatRunsOrWaitsTooLong_isEndedByTheServer() throws SQLException {
        PostgresSettings settings = PostgresSettings.at(server.host(), server.port(), "postgres")
                .user(server.admin().user(), Secret.of(server.admin().password()));
        try (Postgres postgres = Postgres.of(settings);
                Connection holder = server.admin().connect("postgres");
                Statement lock = holder.createStatement();
                Connection connection = postgres.jobConnections(LIMIT).getConnection();
                Statement statement = connection.createStatement()) {
            holder.setAutoCommit(false);
            lock.execute("create table held (id int)");
            holder.commit();
            lock.execute("lock table held");

            assertThatThrownBy(() -> statement.execute("select pg_sleep(20)"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("statement timeout");
            assertThatThrownBy(() -> statement.execute("select * from held")).isInstanceOf(SQLException.class);
            assertThat(connection.isValid(1)).isTrue();
            holder.rollback();
        }
    }

    @Test
    void serverThatFreezes_endsTheWaitOfTheJob() throws SQLException {
        PostgresSettings settings = PostgresSettings.at(server.host(), server.port(), "postgres")
                .user(server.admin().user(), Secret.of(server.admin().password()));
        try (Postgres postgres = Postgres.of(settings);
                Connection connection = postgres.jobConnections(LIMIT).getConnection();
                Statement statement = connection.createStatement()) {
            server.freeze();
            try {
                assertThatThrownBy(() -> statement.execute("select 1")).isInstanceOf(SQLException.class);
            } finally {
                server.thaw();
            }
        }
    }
}

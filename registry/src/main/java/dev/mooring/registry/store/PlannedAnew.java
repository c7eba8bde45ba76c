package dev.mooring.registry.store;

import dev.mooring.postgres.Postgres;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Statements that the server plans each time, for the values that they have then. A plan for all values cannot know how many rows have a tag,
 * and could read the whole table.
 */
public final class PlannedAnew {
    private PlannedAnew() {}

    /** Runs such statements. */
    public static JdbcClient on(DataSource database) {
        return JdbcClient.create(new Template(database));
    }

    private static final class Template extends JdbcTemplate {
        Template(DataSource database) {
            super(database);
        }

        @Override
        protected void applyStatementSettings(Statement statement) throws SQLException {
            super.applyStatementSettings(statement);
            Postgres.planAnew(statement);
        }
    }
}

package dev.mooring.postgres.connect;

import dev.mooring.failure.Failure;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits of a session that the server itself enforces. Thread-safe. The lock limit equals the statement limit, which is below the network limit: if the
 * client gave up first, the server process would go on.
 */
final class SessionLimits {
    private static final Logger LOG = LoggerFactory.getLogger(SessionLimits.class);
    /**
     * The first major version with {@code client_connection_check_interval}, by which the server notices within a second that its client is
     * gone.
     */
    private static final int KNOWS_CONNECTION_CHECK = 14;

    private final String dependency;
    private final Duration statement;
    /** Whether the server refused the check of connections. Volatile: any log-in writes and reads it. */
    private volatile boolean checkRefused;

    /** Limits for sessions of this dependency. */
    SessionLimits(String dependency, Duration statement) {
        this.dependency = dependency;
        this.statement = statement;
    }

    /** Sets the limits of a new session. The check of connections is optional: where the server refuses it, sessions go without. */
    void apply(Connection connection) throws SQLException {
        boolean check = !checkRefused && connection.getMetaData().getDatabaseMajorVersion() >= KNOWS_CONNECTION_CHECK;
        if (!check) {
            change(connection, statement);
            return;
        }
        try {
            execute(connection, limits(statement) + "; set client_connection_check_interval = '1s'");
        } catch (SQLException refused) {
            if (connection.isClosed()) {
                throw refused;
            }
            // Fails too when it was not the check that the server refused.
            change(connection, statement);
            if (!checkRefused) {
                checkRefused = true;
                LOG.atWarn()
                        .addKeyValue("dependency", dependency)
                        .log(
                                "{}: sessions go without client_connection_check_interval, which the server refuses: {}",
                                dependency,
                                Failure.oneLine(refused));
            }
        }
    }

    /** Changes the limits of a session. */
    static void change(Connection connection, Duration statement) throws SQLException {
        execute(connection, limits(statement));
    }

    private static String limits(Duration statement) {
        long millis = Math.max(1, statement.toMillis());
        return "set statement_timeout = " + millis + "; set lock_timeout = " + millis;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

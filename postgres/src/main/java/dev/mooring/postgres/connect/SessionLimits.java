package dev.mooring.postgres.connect;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Limits that the server itself keeps for a session. The lock limit is not above the statement limit, and that is below the network
 * limit: a client that gives up first leaves a server process behind that goes on.
 */
final class SessionLimits {
    /** Older servers refuse it. With it a server notices within a second that the client is gone. */
    private static final int KNOWS_CONNECTION_CHECK = 14;

    private SessionLimits() {}

    static void apply(Connection connection, Duration statement) throws SQLException {
        StringBuilder sql = new StringBuilder(limits(statement));
        if (connection.getMetaData().getDatabaseMajorVersion() >= KNOWS_CONNECTION_CHECK) {
            sql.append("; set client_connection_check_interval = '1s'");
        }
        execute(connection, sql.toString());
    }

    /** Changes the limit of a session that has one. */
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

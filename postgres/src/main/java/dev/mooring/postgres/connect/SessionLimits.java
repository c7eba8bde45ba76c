package dev.mooring.postgres.connect;

import dev.mooring.failure.Failure;
import dev.mooring.postgres.settings.KeepAlive;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits of a session that the server itself enforces, its side of TCP keep-alive among them, by which it ends the session of a client that
 * vanished. Thread-safe. The lock limit equals the statement limit, which is below the network limit: if the
 * client gave up first, the server process would go on.
 */
final class SessionLimits {
    private static final Logger LOG = LoggerFactory.getLogger(SessionLimits.class);
    /**
     * The first major version with {@code client_connection_check_interval}, by which the server notices within a second that its client is
     * gone, and with {@code idle_session_timeout}.
     */
    private static final int KNOWS_CONNECTION_CHECK = 14;

    /** The first major version with {@code transaction_timeout}. */
    private static final int KNOWS_TRANSACTION_LIMIT = 17;

    private static final String CHECK = "; set client_connection_check_interval = '1s'";

    private final String dependency;
    private final Duration statement;
    private final KeepAlive keepAlive;
    /** Whether the server refused the check of connections. Volatile: any log-in writes and reads it. */
    private volatile boolean checkRefused;

    /** Limits for sessions of this dependency. */
    SessionLimits(String dependency, Duration statement, KeepAlive keepAlive) {
        this.dependency = dependency;
        this.statement = statement;
        this.keepAlive = keepAlive;
    }

    /** Sets the limits of a new session. The check of connections is optional: where the server refuses it, sessions go without. */
    void apply(Connection connection, boolean readCommitted) throws SQLException {
        String sql = limits(statement)
                + keepAlive()
                + (readCommitted ? "; set default_transaction_isolation = 'read committed'" : "");
        boolean check = !checkRefused && connection.getMetaData().getDatabaseMajorVersion() >= KNOWS_CONNECTION_CHECK;
        if (!check) {
            execute(connection, sql);
            return;
        }
        try {
            execute(connection, sql + CHECK);
        } catch (SQLException refused) {
            if (connection.isClosed()) {
                throw refused;
            }
            // Fails too when it was not the check that the server refused.
            execute(connection, sql);
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

    /**
     * Takes all limits of time from a session, whatever defaults the database or the role has: one that ended a migration in the middle would
     * end it again at each start.
     */
    void lift(Connection connection) throws SQLException {
        int server = connection.getMetaData().getDatabaseMajorVersion();
        StringBuilder sql = new StringBuilder("set statement_timeout = 0; set lock_timeout = 0;"
                + " set idle_in_transaction_session_timeout = 0" + keepAlive());
        if (server >= KNOWS_CONNECTION_CHECK) {
            sql.append("; set idle_session_timeout = 0");
        }
        if (server >= KNOWS_TRANSACTION_LIMIT) {
            sql.append("; set transaction_timeout = 0");
        }
        execute(connection, sql.toString());
    }

    /** Changes the limits of a session. */
    static void change(Connection connection, Duration statement) throws SQLException {
        execute(connection, limits(statement));
    }

    private String keepAlive() {
        return "; set tcp_keepalives_idle = " + keepAlive.idle().toSeconds() + "; set tcp_keepalives_interval = "
                + keepAlive.interval().toSeconds() + "; set tcp_keepalives_count = " + keepAlive.count();
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

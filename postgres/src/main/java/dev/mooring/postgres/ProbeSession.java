package dev.mooring.postgres;

import java.net.Socket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection on which probes ask. One thread at a time uses it; any thread may call {@link #abort}. */
final class ProbeSession {
    private static final Logger LOG = LoggerFactory.getLogger(ProbeSession.class);
    /** Takes one round trip and reads no table. */
    private static final String QUESTION =
            "select current_setting('transaction_read_only') = 'on', pg_is_in_recovery(), pg_backend_pid()";

    private final Connection connection;
    private final Socket socket;
    private boolean pooled;

    ProbeSession(Connection connection, Socket socket) {
        this.connection = connection;
        this.socket = socket;
    }

    /** The role of the server at the moment. */
    enum Role {
        WRITABLE,
        READ_ONLY,
        STANDBY
    }

    Role ask() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUESTION)) {
            row.next();
            pooled |= row.getInt(3) != connection.unwrap(PGConnection.class).getBackendPID();
            if (row.getBoolean(2)) {
                return Role.STANDBY;
            }
            return row.getBoolean(1) ? Role.READ_ONLY : Role.WRITABLE;
        }
    }

    /** Whether an answer came from another server process than the log-in named. */
    boolean isPooled() {
        return pooled;
    }

    /** Closes the socket from another thread, which frees the thread that waits for an answer. */
    void abort() throws java.io.IOException {
        socket.close();
    }

    void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("closing a probe's connection", e);
        }
    }
}

package dev.mooring.postgres;

import java.net.Socket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection that a probe asks on. Used by one thread at a time; {@link #abort} comes from any. */
final class ProbeSession {
    private static final Logger LOG = LoggerFactory.getLogger(ProbeSession.class);
    /** One round trip, no tables. */
    private static final String QUESTION =
            "select current_setting('transaction_read_only') = 'on', pg_is_in_recovery()";

    private final Connection connection;
    private final Socket socket;

    ProbeSession(Connection connection, Socket socket) {
        this.connection = connection;
        this.socket = socket;
    }

    /** What the server is at the moment. */
    enum Role {
        WRITABLE,
        READ_ONLY,
        STANDBY
    }

    Role ask() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUESTION)) {
            row.next();
            if (row.getBoolean(2)) {
                return Role.STANDBY;
            }
            return row.getBoolean(1) ? Role.READ_ONLY : Role.WRITABLE;
        }
    }

    /** Ends it from another thread: whoever waits for its answer is freed. */
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

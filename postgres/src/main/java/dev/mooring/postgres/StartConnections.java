package dev.mooring.postgres;

import dev.mooring.postgres.connect.ConnectionSource;
import dev.mooring.postgres.connect.ConnectionsOnly;
import java.sql.Connection;
import java.sql.SQLException;

/** Connections for start tasks, as many as are asked for, each a log-in of its own. */
final class StartConnections extends ConnectionsOnly {
    private final ConnectionSource source;

    StartConnections(ConnectionSource source) {
        this.source = source;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return source.openForStartTask();
    }
}

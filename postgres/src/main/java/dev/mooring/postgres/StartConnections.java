package dev.mooring.postgres;

import dev.mooring.postgres.connect.ConnectionSource;
import dev.mooring.postgres.connect.ConnectionsOnly;
import java.sql.Connection;
import java.sql.SQLException;

/** Connections for start tasks; each call makes a new log-in. */
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

package dev.mooring.postgres;

import dev.mooring.postgres.connect.ConnectionSource;
import dev.mooring.postgres.connect.ConnectionsOnly;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Connections for a job without supervision; each call makes a new log-in. Thread-safe. */
final class JobConnections extends ConnectionsOnly {
    /** The server ends a statement at its limit, and needs some time to say so. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private final ConnectionSource source;
    private final Duration command;

    JobConnections(ConnectionSource source, Duration command) {
        this.source = source;
        this.command = command;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = source.openForStartTask();
        try {
            source.limitStatements(connection, command);
            connection.setNetworkTimeout(
                    Runnable::run, Math.toIntExact(command.plus(MARGIN).toMillis()));
            return connection;
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
    }
}

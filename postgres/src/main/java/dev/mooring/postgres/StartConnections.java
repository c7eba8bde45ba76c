package dev.mooring.postgres;

import dev.mooring.postgres.connect.ConnectionSource;
import dev.mooring.postgres.connect.ConnectionsOnly;
import java.sql.Connection;
import java.sql.SQLException;

/** Connections for start tasks; each call makes a new log-in. Thread-safe. */
final class StartConnections extends ConnectionsOnly {
    private final ConnectionSource source;

    /** Set on a thread while it runs a start task. */
    private final ThreadLocal<Boolean> running = new ThreadLocal<>();

    StartConnections(ConnectionSource source) {
        this.source = source;
    }

    /** Runs a task; until it ends, {@link #areForThisThread()} is true on this thread. */
    void during(DatabaseTask task) throws Exception {
        running.set(true);
        try {
            task.run(this);
        } finally {
            running.remove();
        }
    }

    /** Whether this thread runs a start task. */
    boolean areForThisThread() {
        return running.get() != null;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return source.openForStartTask();
    }
}

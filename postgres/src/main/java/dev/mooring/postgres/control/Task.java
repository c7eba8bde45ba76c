package dev.mooring.postgres.control;

import java.sql.Connection;
import java.sql.SQLException;

/** Work that the control connection repeats, each time in one transaction. */
@FunctionalInterface
public interface Task {
    /**
     * Runs the task once on the control thread. Must be quick, because everything else on the connection waits, and must not keep the
     * connection. The control connection commits when this returns, and rolls back when it throws.
     */
    void on(Connection connection) throws SQLException;
}

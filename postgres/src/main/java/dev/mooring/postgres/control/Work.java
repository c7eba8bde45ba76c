package dev.mooring.postgres.control;

import java.sql.Connection;
import java.sql.SQLException;

/** Work of a caller on the control connection, in one transaction. */
@FunctionalInterface
public interface Work<T> {
    /**
     * Does the work on the control thread. Must be quick, because everything else on the connection waits, and must not keep the
     * connection. The control connection commits when this returns, and rolls back when it throws.
     */
    T on(Connection connection) throws SQLException;
}

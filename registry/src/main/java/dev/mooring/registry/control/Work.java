package dev.mooring.registry.control;

import java.sql.Connection;
import java.sql.SQLException;

/** What is done on the control connection in one transaction, which is committed afterwards; undone when it throws. */
@FunctionalInterface
public interface Work<T> {
    /** Does it, on the control thread and soon: everybody else waits. Must not keep the connection. */
    T on(Connection connection) throws SQLException;
}

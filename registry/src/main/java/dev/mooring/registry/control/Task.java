package dev.mooring.registry.control;

import java.sql.Connection;
import java.sql.SQLException;

/** What is done on the control connection again and again, each time in one transaction. */
@FunctionalInterface
public interface Task {
    /** Does it, on the control thread and soon: everybody else waits. Must not keep the connection. */
    void on(Connection connection) throws SQLException;
}

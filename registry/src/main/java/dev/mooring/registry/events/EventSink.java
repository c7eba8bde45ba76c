package dev.mooring.registry.events;

import java.sql.Connection;
import java.sql.SQLException;

/** Where events are written. Thread-safe. */
@FunctionalInterface
interface EventSink {
    /** Writes an event in the transaction of {@code connection}. */
    void add(Connection connection, EventMessage event) throws SQLException;
}

package dev.mooring.benchmarks.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** A way to hand work over in a transaction and to do it later. */
interface Queue {
    /** Its name in the table. */
    String name();

    /** What one client uses to add work; it adds in the transaction of its connection. */
    Adding adding(Connection connection) throws SQLException;

    /** Begins to do the work; closing ends it. Calls {@code done} with the number of pieces that are done. */
    AutoCloseable begin(DataSource database, Consumer<Integer> done);

    /** Adds one piece of work. */
    @FunctionalInterface
    interface Adding {
        void add(UUID id, String key, String payload) throws SQLException;
    }
}

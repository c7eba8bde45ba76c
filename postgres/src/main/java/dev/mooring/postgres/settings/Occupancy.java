package dev.mooring.postgres.settings;

import java.sql.Connection;
import java.sql.SQLException;

/** How much of an application's data a database holds. */
public enum Occupancy {
    /** Not even its tables. */
    UNTOUCHED,
    /** Its tables, without a row. */
    EMPTY,
    /** Rows. */
    USED;

    /** Looks into a database. */
    @FunctionalInterface
    public interface Reader {
        /** The occupancy of the database behind {@code connection}; must change nothing. */
        Occupancy of(Connection connection) throws SQLException;
    }
}

package dev.mooring.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/** The isolation that a caller asked for behind a pooler, where only the transaction itself can set it. */
enum TransactionIsolation {
    /** The caller asked for none. */
    UNCHANGED(Connection.TRANSACTION_NONE, ""),
    READ_UNCOMMITTED(Connection.TRANSACTION_READ_UNCOMMITTED, "read uncommitted"),
    READ_COMMITTED(Connection.TRANSACTION_READ_COMMITTED, "read committed"),
    REPEATABLE_READ(Connection.TRANSACTION_REPEATABLE_READ, "repeatable read"),
    SERIALIZABLE(Connection.TRANSACTION_SERIALIZABLE, "serializable");

    private final int level;
    private final String words;

    TransactionIsolation(int level, String words) {
        this.level = level;
        this.words = words;
    }

    /** The isolation with this number of {@link Connection}. */
    static TransactionIsolation of(int level) throws SQLException {
        for (TransactionIsolation one : values()) {
            if (one.level == level && one != UNCHANGED) {
                return one;
            }
        }
        throw new SQLException("no isolation of transactions has the number " + level, "22023");
    }

    int level() {
        return level;
    }

    /** The statement that a transaction begins with, and a semicolon; empty when it changes nothing. */
    String sql() {
        return words.isEmpty() ? "" : "set transaction isolation level " + words + "; ";
    }
}

package dev.mooring.messages;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * The lock of one key of one destination, until the end of the transaction. Two keys may share a lock by chance, which only makes them
 * wait for each other.
 */
final class KeyLock {
    /** Takes the lock. */
    static final String SQL = "select pg_advisory_xact_lock(hashtextextended(? || chr(10) || ?, 0))";

    private KeyLock() {}

    /** Sets the parameters of {@link #SQL} at the beginning of a statement; gives the number of the next parameter. */
    static int bind(PreparedStatement statement, String destination, String key) throws SQLException {
        statement.setString(1, destination);
        statement.setString(2, key);
        return 3;
    }
}

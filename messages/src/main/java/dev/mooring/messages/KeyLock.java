package dev.mooring.messages;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * The lock of one key of one destination, until the end of the transaction. Two keys may share a lock by chance, which only makes them
 * wait for each other.
 */
final class KeyLock {
    /** Takes the lock. */
    static final String SQL = "select pg_advisory_xact_lock(hashtextextended(?, 0))";

    private static final String OF_KEY = "hashtextextended(? || chr(10) || key, 0)";

    /** A condition on rows with a {@code key}, whose parameter is the destination: the lock was free, and is taken now. */
    static final String IS_FREE = "pg_try_advisory_xact_lock(" + OF_KEY + ")";

    /** The same, but it waits for the lock and is always true. */
    static final String IS_TAKEN = "cast(pg_advisory_xact_lock(" + OF_KEY + ") as text) is not null";

    /** Takes those locks that are free. */
    private static final String TRY = "select key from unnest(cast(? as text[])) as k (key) where " + IS_FREE;

    private KeyLock() {}

    /** Takes the lock, and waits for it. A transaction that waits here holds no lock of another key, so no two wait for each other. */
    static void take(Connection connection, String destination, String key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
            int next = bind(statement, destination, key);
            assert next == 2;
            statement.execute();
        }
    }

    /** Takes the locks that no other transaction holds, and never waits; the keys of those that it took. */
    static Set<String> takeFree(Connection connection, String destination, Collection<String> keys)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TRY)) {
            statement.setArray(1, connection.createArrayOf("text", keys.toArray()));
            statement.setString(2, destination);
            try (ResultSet rows = statement.executeQuery()) {
                Set<String> taken = new HashSet<>();
                while (rows.next()) {
                    taken.add(rows.getString(1));
                }
                return taken;
            }
        }
    }

    /** Sets the parameters of {@link #SQL} at the beginning of a statement; gives the number of the next parameter. */
    static int bind(PreparedStatement statement, String destination, String key) throws SQLException {
        statement.setString(1, destination + "\n" + key);
        return 2;
    }
}

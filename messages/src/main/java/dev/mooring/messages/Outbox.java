package dev.mooring.messages;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Keeps messages in PostgreSQL until a {@link Relay} has delivered them. A message is accepted when the transaction that added it is
 * committed. Thread-safe.
 */
public final class Outbox {
    private Outbox() {}

    /**
     * Adds a message in the transaction of {@code connection}, and wakes the relays when the transaction commits. Transactions that add
     * messages of one key wait for each other, so add messages last, and several keys in one order.
     *
     * @throws SQLException the database refused the message, for example because the outbox holds one with the same id
     */
    public static void add(Connection connection, Message message) throws SQLException {
        Entry.add(connection, message, true);
    }

    /**
     * The same, but the commit wakes no relay: call {@link Relay#wake} after it. Relays of other processes find the message when they poll.
     * Commits that wake others wait for each other, through the flush to the disk, and these do not.
     */
    public static void addQuietly(Connection connection, Message message) throws SQLException {
        Entry.add(connection, message, false);
    }
}

package dev.mooring.messages;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The messages that ended undelivered, for an operator who decides about them: put back or discarded. Everything works in the transaction of
 * the connection, on any instance. Thread-safe.
 */
public final class DeadLetters {
    /** Among how many later messages of a destination {@link #later} counts those of one key. */
    private static final int LOOKED_AT = 100_000;

    private static final String LATER = """
            select count(*)
            from (select ordering_key from mooring.outbox
                  where destination = ? and state in ('sent', 'rejected') and ended_at > ? order by ended_at limit ?) o
            where ordering_key = ?""";

    private static final String STATE = "select state from mooring.outbox where message_id = ?";

    private static final String DISCARD = "delete from mooring.outbox where message_id = ? and state = 'dead'";

    private DeadLetters() {}

    /**
     * A page of dead letters, newest first.
     *
     * @param destination only those to this destination; empty for all
     * @param below only those with a lower {@link DeadLetter#seq}; {@code Long.MAX_VALUE} for the first page
     * @param most the most rows
     * @param bytes a row is left out when the payloads of the rows before it, but for the one directly before, have this size
     */
    public static List<DeadLetter> page(
            Connection connection, Optional<String> destination, long below, int most, long bytes) throws SQLException {
        return DeadLetterRows.page(connection, destination, below, most, bytes);
    }

    /** The dead letter with that id; empty if there is no such message, or it is not dead. */
    public static Optional<DeadLetter> find(Connection connection, UUID id) throws SQLException {
        return DeadLetterRows.find(connection, id);
    }

    /**
     * How many messages of its key ended after it, delivered or rejected: those that the outbox still keeps, and of those the ones among the
     * next 100,000 messages to the destination.
     */
    public static long later(Connection connection, DeadLetter letter) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LATER)) {
            statement.setString(1, letter.destination());
            statement.setObject(2, letter.diedAt().atOffset(ZoneOffset.UTC));
            statement.setInt(3, LOOKED_AT);
            statement.setString(4, letter.key());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** The state of a message, such as {@code pending} or {@code sent}; empty if the outbox has none with that id. */
    public static Optional<String> stateOf(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(STATE)) {
            statement.setObject(1, id);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    /**
     * Takes the key of a dead letter for the rest of the transaction, so that {@link #replay} need not wait for it; never waits.
     *
     * @return false when another transaction adds or ends messages of the key just then
     */
    public static boolean reserve(Connection connection, DeadLetter letter) throws SQLException {
        return !KeyLock.takeFree(connection, letter.destination(), List.of(letter.key()))
                .isEmpty();
    }

    /**
     * Puts a dead letter back to its own place in the outbox, with all its attempts, and wakes the relays when the transaction commits. It
     * is the next of its key: before those that wait, unless one of them is on its way, and after all that were delivered since it died.
     * Waits for transactions that add messages of its key.
     *
     * @return the dead letter as it was; empty, and nothing changes, if there is no such message, or it is not dead
     */
    public static Optional<DeadLetter> replay(Connection connection, UUID id) throws SQLException {
        Optional<DeadLetter> letter = find(connection, id);
        return letter.isPresent() && Replay.of(connection, letter.get()) ? letter : Optional.empty();
    }

    /**
     * Deletes a dead letter.
     *
     * @return the dead letter as it was; empty, and nothing changes, if there is no such message, or it is not dead
     */
    public static Optional<DeadLetter> discard(Connection connection, UUID id) throws SQLException {
        Optional<DeadLetter> letter = find(connection, id);
        if (letter.isEmpty()) {
            return letter;
        }
        try (PreparedStatement statement = connection.prepareStatement(DISCARD)) {
            statement.setObject(1, id);
            return statement.executeUpdate() == 1 ? letter : Optional.empty();
        }
    }
}

package dev.mooring.messages.queue.postgres;

import dev.mooring.failure.Failure;
import dev.mooring.messages.queue.DeadMessage;
import dev.mooring.messages.queue.Reader;
import dev.mooring.messages.queue.Received;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How messages of one queue end: processed, dead, deleted. Each method works in the transaction of its caller. Thread-safe. */
final class Ends {
    /** Also of a message whose lease ended: it is processed all the same. */
    private static final String ACKNOWLEDGE = """
            delete from mooring.queue_delivery
            where queue = ? and consumer_group = ? and seq = any(?) and died_at is null""";

    private static final String DIE = """
            update mooring.queue_delivery
            set died_at = ?, cause_kind = ?, cause_message = ?, claimed_by = null
            where queue = ? and consumer_group = ? and seq = ? and claimed_by = ? and claims = ? and died_at is null""";

    private static final String DEAD = """
            select delivery.seq, delivery.consumer_group, delivery.claims, delivery.died_at, delivery.cause_kind, delivery.cause_message,
                   message.message_id, message.type, message.time, message.attempt, message.payload, message.traceparent
            from mooring.queue_delivery delivery join mooring.queue_message message using (seq)
            where delivery.queue = ? and delivery.died_at is not null and (delivery.seq, delivery.consumer_group) > (?, ?)
            order by delivery.seq, delivery.consumer_group limit ?""";

    private static final String REPLAY = """
            update mooring.queue_delivery
            set died_at = null, cause_kind = null, cause_message = null, claims = 0, due_at = clock_timestamp()
            where queue = ? and seq = ? and consumer_group = ? and died_at is not null""";

    private static final String DISCARD = """
            delete from mooring.queue_delivery
            where queue = ? and seq = ? and consumer_group = ? and died_at is not null""";

    private static final String DELETE_ENDED = """
            delete from mooring.queue_message where seq in (
              select seq from mooring.queue_message message
              where queue = ? and published_at < statement_timestamp() - ? * interval '1 second'
                and not exists (select from mooring.queue_delivery delivery where delivery.seq = message.seq)
              order by published_at limit 1000)""";

    private static final String HAS_GROUP = "select exists (select from mooring.queue_group where queue = ?)";

    private final String queue;

    Ends(String queue) {
        this.queue = queue;
    }

    int acknowledge(Connection connection, Reader reader, List<Received> processed) throws SQLException {
        Object[] places =
                processed.stream().map(message -> Long.valueOf(message.place())).toArray();
        try (PreparedStatement statement = connection.prepareStatement(ACKNOWLEDGE)) {
            statement.setString(1, queue);
            statement.setString(2, reader.group());
            statement.setArray(3, connection.createArrayOf("bigint", places));
            return statement.executeUpdate();
        }
    }

    int deadLetter(Connection connection, Reader reader, Received poison, Failure cause) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DIE)) {
            statement.setObject(1, cause.at().atOffset(ZoneOffset.UTC));
            statement.setString(2, cause.kind().code());
            statement.setString(3, cause.message());
            statement.setString(4, queue);
            statement.setString(5, reader.group());
            statement.setLong(6, Long.parseLong(poison.place()));
            statement.setString(7, reader.consumer());
            statement.setInt(8, poison.deliveries());
            return statement.executeUpdate();
        }
    }

    List<DeadMessage> deadLetters(Connection connection, String after, int most) throws SQLException {
        Optional<Place> last = Place.parse(after);
        try (PreparedStatement statement = connection.prepareStatement(DEAD)) {
            statement.setString(1, queue);
            statement.setLong(2, last.map(Place::seq).orElse(0L));
            statement.setString(3, last.map(Place::group).orElse(""));
            statement.setInt(4, most);
            List<DeadMessage> dead = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    dead.add(dead(row));
                }
            }
            return dead;
        }
    }

    private static DeadMessage dead(ResultSet row) throws SQLException {
        Place place = new Place(row.getLong("seq"), row.getString("consumer_group"));
        Failure cause = new Failure(
                Rows.kind(row.getString("cause_kind")), row.getString("cause_message"), Rows.instant(row, "died_at"));
        return new DeadMessage(place.toString(), place.group(), Rows.envelope(row), row.getInt("claims"), cause);
    }

    boolean replay(Connection connection, String place) throws SQLException {
        return change(connection, REPLAY, place);
    }

    boolean discard(Connection connection, String place) throws SQLException {
        return change(connection, DISCARD, place);
    }

    private boolean change(Connection connection, String sql, String place) throws SQLException {
        Optional<Place> dead = Place.parse(place);
        if (dead.isEmpty()) {
            return false;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, queue);
            statement.setLong(2, dead.get().seq());
            statement.setString(3, dead.get().group());
            return statement.executeUpdate() == 1;
        }
    }

    int deleteEnded(Connection connection) throws SQLException {
        Duration kept = hasGroup(connection) ? PostgresQueue.KEPT : PostgresQueue.KEPT_WITHOUT_GROUP;
        try (PreparedStatement statement = connection.prepareStatement(DELETE_ENDED)) {
            statement.setString(1, queue);
            statement.setLong(2, kept.toSeconds());
            return statement.executeUpdate();
        }
    }

    private boolean hasGroup(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HAS_GROUP)) {
            statement.setString(1, queue);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** Where a dead letter is, written {@code SEQ:GROUP}. */
    private record Place(long seq, String group) {
        static Optional<Place> parse(String text) {
            int colon = text.indexOf(':');
            String number = colon < 0 ? "" : text.substring(0, colon);
            return number.matches("\\d{1,18}")
                    ? Optional.of(new Place(Long.parseLong(number), text.substring(colon + 1)))
                    : Optional.empty();
        }

        @Override
        public String toString() {
            return seq + ":" + group;
        }
    }
}

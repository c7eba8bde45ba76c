package dev.mooring.messages.queue.postgres;

import dev.mooring.messages.Figures;
import dev.mooring.messages.queue.Reader;
import dev.mooring.messages.queue.Received;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Groups of one queue, and what their consumers hold. Each method works in the transaction of its caller. Thread-safe. */
final class Reading {
    private static final String FIND_GROUP = "select from mooring.queue_group where queue = ? and name = ?";
    private static final String LOCK = "select pg_advisory_xact_lock(hashtextextended('queue' || chr(10) || ?, 0))";

    private static final String MAKE_GROUP = """
            with made as (
              insert into mooring.queue_group (queue, name) values (?, ?) on conflict do nothing returning queue, name)
            insert into mooring.queue_delivery (queue, consumer_group, seq)
            select made.queue, made.name, message.seq
            from made join mooring.queue_message message on message.queue = made.queue""";

    private static final String CLAIM = """
            with due as (
              select seq from mooring.queue_delivery
              where queue = ? and consumer_group = ? and died_at is null and due_at <= statement_timestamp()
              order by seq limit ? for update skip locked)
            update mooring.queue_delivery held
            set claimed_by = ?, claims = held.claims + 1, due_at = clock_timestamp() + ? * interval '1 microsecond'
            from due join mooring.queue_message message on message.seq = due.seq
            where held.queue = ? and held.consumer_group = ? and held.seq = due.seq
            returning held.seq, held.claims, message.message_id, message.type, message.time, message.attempt, message.payload,
                      message.traceparent""";

    private static final String EXTEND = """
            update mooring.queue_delivery set due_at = clock_timestamp() + ? * interval '1 microsecond'
            where queue = ? and consumer_group = ? and seq = ? and claimed_by = ? and claims = ? and died_at is null""";

    private static final String GIVE_BACK = """
            update mooring.queue_delivery set due_at = clock_timestamp(), claimed_by = null, claims = claims - 1
            where queue = ? and consumer_group = ? and seq = ? and claimed_by = ? and claims = ? and died_at is null""";

    /** Without a group every message waits. */
    private static final String DEPTH = """
            with waits as (
              select message.published_at from mooring.queue_delivery delivery join mooring.queue_message message using (seq)
              where delivery.queue = ? and delivery.died_at is null
              union all
              select published_at from mooring.queue_message
              where queue = ? and not exists (select from mooring.queue_group where queue = ?))
            select (select count(*) from waits),
                   (select cast(extract(epoch from clock_timestamp() - min(published_at)) * 1000 as bigint) from waits),
                   (select count(*) from mooring.queue_delivery where queue = ? and died_at is not null)""";

    private final String queue;

    Reading(String queue) {
        this.queue = queue;
    }

    /** Makes the group, with a delivery for each message, unless it is there. */
    boolean makeGroup(Connection connection, String group) throws SQLException {
        try (PreparedStatement find = connection.prepareStatement(FIND_GROUP)) {
            find.setString(1, queue);
            find.setString(2, group);
            try (ResultSet row = find.executeQuery()) {
                if (row.next()) {
                    return false;
                }
            }
        }
        try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
            lock.setString(1, queue);
            lock.execute();
        }
        try (PreparedStatement make = connection.prepareStatement(MAKE_GROUP)) {
            make.setString(1, queue);
            make.setString(2, group);
            make.executeUpdate();
        }
        return true;
    }

    /** Claims the oldest messages that are due, in their order. */
    List<Received> claim(Connection connection, Reader reader, int most) throws SQLException {
        try (PreparedStatement claim = connection.prepareStatement(CLAIM)) {
            claim.setString(1, queue);
            claim.setString(2, reader.group());
            claim.setInt(3, most);
            claim.setString(4, reader.consumer());
            claim.setLong(5, micros(reader.lease()));
            claim.setString(6, queue);
            claim.setString(7, reader.group());
            List<Received> messages = new ArrayList<>();
            try (ResultSet row = claim.executeQuery()) {
                while (row.next()) {
                    messages.add(
                            new Received(Rows.envelope(row), String.valueOf(row.getLong("seq")), row.getInt("claims")));
                }
            }
            messages.sort(Comparator.comparingLong(message -> Long.parseLong(message.place())));
            return messages;
        }
    }

    List<Received> extend(Connection connection, Reader reader, List<Received> held) throws SQLException {
        List<Received> still = new ArrayList<>();
        try (PreparedStatement extend = connection.prepareStatement(EXTEND)) {
            for (Received message : held) {
                extend.setLong(1, micros(reader.lease()));
                bind(extend, 2, reader, message);
                if (extend.executeUpdate() == 1) {
                    still.add(message);
                }
            }
        }
        return still;
    }

    int giveBack(Connection connection, Reader reader, List<Received> untouched) throws SQLException {
        int given = 0;
        try (PreparedStatement giveBack = connection.prepareStatement(GIVE_BACK)) {
            for (Received message : untouched) {
                bind(giveBack, 1, reader, message);
                given += giveBack.executeUpdate();
            }
        }
        return given;
    }

    /** The message, if the consumer still holds it by the same claim. */
    private void bind(PreparedStatement statement, int first, Reader reader, Received message) throws SQLException {
        statement.setString(first, queue);
        statement.setString(first + 1, reader.group());
        statement.setLong(first + 2, Long.parseLong(message.place()));
        statement.setString(first + 3, reader.consumer());
        statement.setInt(first + 4, message.deliveries());
    }

    Figures depth(Connection connection) throws SQLException {
        try (PreparedStatement depth = connection.prepareStatement(DEPTH)) {
            for (int i = 1; i <= 4; i++) {
                depth.setString(i, queue);
            }
            try (ResultSet row = depth.executeQuery()) {
                row.next();
                return new Figures(queue, row.getLong(1), Duration.ofMillis(row.getLong(2)), row.getLong(3));
            }
        }
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }
}

package dev.mooring.messages;

import dev.mooring.time.Time;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** The outbox as one relay sees it: claims, the ends of waits, figures. Each method is one transaction. Thread-safe. */
final class OutboxTable {
    private static final String CLAIM = """
            with due as (
              select message_id from mooring.outbox
              where destination = ? and state = 'pending' and leads and due_at <= statement_timestamp()
              order by due_at limit ? for update skip locked
            )
            update mooring.outbox o
            set claimed_by = ?, due_at = clock_timestamp() + ? * interval '1 microsecond', claims = o.claims + 1
            from due where o.message_id = due.message_id
            returning o.message_id, o.ordering_key, o.type, o.payload, o.created_at, o.claims, o.refusals""";

    /** Of a message that a relay holds due_at is the end of the lease, which stays. */
    private static final String END_WAITS = """
            update mooring.outbox set due_at = statement_timestamp()
            where destination = ? and state = 'pending' and leads and due_at > statement_timestamp()
              and ready_at <= statement_timestamp() and claimed_by is null""";

    private static final String GIVE_BACK = """
            update mooring.outbox set claimed_by = null, due_at = clock_timestamp(), claims = claims - 1
            where message_id = ? and claimed_by = ? and state = 'pending'""";

    /** The oldest message of each key leads, so the oldest of all is among them. */
    private static final String FIGURES = """
            select (select count(*) from mooring.outbox where destination = ? and state = 'pending'),
                   (select cast(extract(epoch from clock_timestamp() - min(ready_at)) * 1000 as bigint) from mooring.outbox
                    where destination = ? and state = 'pending' and leads and ready_at <= clock_timestamp()),
                   (select count(*) from mooring.outbox where destination = ? and state = 'dead')""";

    private static final String DELETE_ENDED = """
            delete from mooring.outbox where message_id in (
              select message_id from mooring.outbox
              where destination = ? and state in ('sent', 'rejected')
                and ended_at < statement_timestamp() - ? * interval '1 microsecond'
              limit 1000)""";

    private final DataSource database;
    private final String destination;
    private final Duration lease;
    private final Time time;

    OutboxTable(DataSource database, RelayPlan plan, Time time) {
        this.database = database;
        this.destination = plan.destination();
        this.lease = plan.lease();
        this.time = time;
    }

    /** Claims messages that are due, the ones that are due longest first. */
    List<Claimed> claim(int most) throws SQLException {
        UUID claim = UUID.randomUUID();
        long endsAt = time.nanos() + lease.toNanos();
        return Work.transact(database, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
                statement.setString(1, destination);
                statement.setInt(2, most);
                statement.setObject(3, claim);
                statement.setLong(4, Entry.micros(lease));
                try (ResultSet rows = statement.executeQuery()) {
                    List<Claimed> claimed = new ArrayList<>();
                    while (rows.next()) {
                        claimed.add(claimed(rows, claim, endsAt));
                    }
                    return claimed;
                }
            }
        });
    }

    private Claimed claimed(ResultSet row, UUID claim, long endsAt) throws SQLException {
        Message message = new Message(
                row.getObject("message_id", UUID.class),
                destination,
                row.getString("ordering_key"),
                row.getString("type"),
                row.getString("payload"));
        return new Claimed(
                message,
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                claim,
                row.getInt("claims"),
                row.getInt("refusals"),
                endsAt);
    }

    /** Makes every message due that waits after an attempt, because the destination is back. */
    int endWaits() throws SQLException {
        return update(END_WAITS, statement -> statement.setString(1, destination));
    }

    /** Gives a message back that the relay did not try to deliver. */
    int giveBack(Claimed held) throws SQLException {
        return update(GIVE_BACK, statement -> {
            statement.setObject(1, held.message().id());
            statement.setObject(2, held.claim());
        });
    }

    /** Deletes up to 1,000 messages that were delivered or rejected longer ago than {@code kept}; the number of them. */
    int deleteEnded(Duration kept) throws SQLException {
        return update(DELETE_ENDED, statement -> {
            statement.setString(1, destination);
            statement.setLong(2, Entry.micros(kept));
        });
    }

    Figures figures() throws SQLException {
        return Work.transact(database, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(FIGURES)) {
                for (int i = 1; i <= 3; i++) {
                    statement.setString(i, destination);
                }
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    return new Figures(destination, row.getLong(1), Duration.ofMillis(row.getLong(2)), row.getLong(3));
                }
            }
        });
    }

    private int update(String sql, Parameters parameters) throws SQLException {
        return Work.transact(database, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                parameters.of(statement);
                return statement.executeUpdate();
            }
        });
    }

    @FunctionalInterface
    private interface Parameters {
        void of(PreparedStatement statement) throws SQLException;
    }
}

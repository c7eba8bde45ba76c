package dev.mooring.messages;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** The outbox as one relay sees it, but for claims and outcomes: the ends of waits, figures, the end of old messages. Each method is one transaction. Thread-safe. */
final class OutboxTable {
    /** Of a message that a relay holds due_at is the end of the lease, which stays. */
    private static final String END_WAITS = """
            update mooring.outbox set due_at = statement_timestamp()
            where destination = ? and state = 'pending' and leads and due_at > statement_timestamp()
              and ready_at <= statement_timestamp() and claimed_by is null""";

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
              order by ended_at limit ? for update skip locked)""";

    private final DataSource database;
    private final String destination;

    OutboxTable(DataSource database, RelayPlan plan) {
        this.database = database;
        this.destination = plan.destination();
    }

    /** Makes every message due that waits after an attempt, because the destination is back. */
    int endWaits() throws SQLException {
        return update(END_WAITS, statement -> statement.setString(1, destination));
    }

    /**
     * Deletes up to {@code most} messages that were delivered or rejected longer ago than {@code kept}, and none that another relay deletes
     * just then; the number of them.
     */
    int deleteEnded(Duration kept, int most) throws SQLException {
        return update(DELETE_ENDED, statement -> {
            statement.setString(1, destination);
            statement.setLong(2, Entry.micros(kept));
            statement.setInt(3, most);
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

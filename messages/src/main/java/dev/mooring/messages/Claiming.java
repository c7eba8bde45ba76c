package dev.mooring.messages;

import dev.mooring.time.Time;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Claims messages, in one statement and one transaction. Thread-safe.
 *
 * <p>The row lock and the lease of the leading message are the lock and the lease of its whole line. Messages behind it get the claim's id
 * and nothing else, so another relay that claims the leading message later, when its lease has ended, takes those behind it too. While the
 * leading message leads, no message behind it ends: who ends a message holds the row of the leading one first. An older instance of the
 * service claims only leading messages. It can take a line over only when the lease has ended, as this one can, and the outcome of a
 * message is written only by the claim that the row has. So messages of one key also keep their order while old and new instances run
 * beside each other.
 */
final class Claiming {
    /** A batch ends before the message with which its payloads would have this size, but it has one message at least. */
    private static final int MOST_BYTES = 4_000_000;

    /** Leading messages first; the rest of the batch is shared among their keys. A line ends before a message that is not due. */
    private static final String CLAIM = """
            with due as (
              select message_id, ordering_key, seq, due_at from mooring.outbox
              where destination = ? and state = 'pending' and leads and due_at <= statement_timestamp()
              order by due_at limit ? for update skip locked
            ), line as (
              select message_id, 0 as place, due_at from due
              union all
              select behind.message_id, behind.place, due.due_at
              from due cross join lateral (
                select message_id, row_number() over up_to_here as place, bool_and(is_due) over up_to_here as is_due
                from (select message_id, seq, due_at <= statement_timestamp() as is_due from mooring.outbox
                      where destination = ? and ordering_key = due.ordering_key and state = 'pending' and seq > due.seq
                      order by seq
                      limit greatest(0, (? - (select count(*) from due)) / greatest(1, (select count(*) from due)))) o
                window up_to_here as (order by seq)) behind
              where behind.is_due
            ), weighed as (
              select message_id, content,
                     sum(octet_length(content)) over (order by place, due_at
                                                      rows between unbounded preceding and 1 preceding) as bytes_before
              from (select line.*, cast(o.payload as text) as content
                    from line join mooring.outbox o on o.message_id = line.message_id) whole
            )
            update mooring.outbox o
            set claimed_by = ?, claims = o.claims + 1,
                due_at = case when o.leads then clock_timestamp() + ? * interval '1 microsecond' else o.due_at end
            from weighed w
            where o.message_id = w.message_id and o.state = 'pending' and coalesce(w.bytes_before, 0) < ?
            returning o.message_id, o.seq, o.ordering_key, o.type, w.content, o.traceparent, o.created_at, o.claims, o.refusals""";

    /** The same for leading messages only. */
    private static final String CLAIM_LEADING = """
            with due as (
              select message_id, cast(payload as text) as content from mooring.outbox
              where destination = ? and state = 'pending' and leads and due_at <= statement_timestamp()
              order by due_at limit ? for update skip locked
            ), weighed as (
              select message_id, content,
                     sum(octet_length(content)) over (rows between unbounded preceding and 1 preceding) as bytes_before
              from due
            )
            update mooring.outbox o
            set claimed_by = ?, claims = o.claims + 1, due_at = clock_timestamp() + ? * interval '1 microsecond'
            from weighed w
            where o.message_id = w.message_id and coalesce(w.bytes_before, 0) < ?
            returning o.message_id, o.seq, o.ordering_key, o.type, w.content, o.traceparent, o.created_at, o.claims, o.refusals""";

    private final DataSource database;
    private final RelayPlan plan;
    private final Time time;

    Claiming(DataSource database, RelayPlan plan, Time time) {
        this.database = database;
        this.plan = plan;
        this.time = time;
    }

    /** Claims up to {@code most} leading messages, those that are due longest. */
    List<Claimed> leading(int most) throws SQLException {
        return claim((connection, claim) -> {
            PreparedStatement statement = connection.prepareStatement(CLAIM_LEADING);
            statement.setString(1, plan.destination());
            statement.setInt(2, most);
            bindClaim(statement, 3, claim);
            return statement;
        });
    }

    /**
     * Claims up to {@code most} messages of up to {@code keys} keys, also such that wait behind others of the batch; in the order in which
     * they were added.
     */
    List<Claimed> batch(int keys, int most) throws SQLException {
        return claim((connection, claim) -> {
            PreparedStatement statement = connection.prepareStatement(CLAIM);
            statement.setString(1, plan.destination());
            statement.setInt(2, keys);
            statement.setString(3, plan.destination());
            statement.setInt(4, most);
            bindClaim(statement, 5, claim);
            return statement;
        });
    }

    /** Makes the statement of a claim. */
    @FunctionalInterface
    private interface Claim {
        PreparedStatement of(Connection connection, UUID claim) throws SQLException;
    }

    private void bindClaim(PreparedStatement statement, int first, UUID claim) throws SQLException {
        statement.setObject(first, claim);
        statement.setLong(first + 1, Entry.micros(plan.lease()));
        statement.setInt(first + 2, MOST_BYTES);
    }

    /**
     * The commit is a round trip of its own. A server that was frozen may carry out a claim after this process gave it up; without the
     * commit it rolls the claim back, and other claims find the messages.
     */
    private List<Claimed> claim(Claim kind) throws SQLException {
        UUID claim = UUID.randomUUID();
        long endsAt = time.nanos() + plan.lease().toNanos();
        return Work.transact(database, connection -> {
            try (PreparedStatement statement = kind.of(connection, claim);
                    ResultSet rows = statement.executeQuery()) {
                Map<Long, Claimed> claimed = new TreeMap<>(Comparator.naturalOrder());
                while (rows.next()) {
                    claimed.put(rows.getLong("seq"), claimed(rows, claim, endsAt));
                }
                return new ArrayList<>(claimed.values());
            }
        });
    }

    private Claimed claimed(ResultSet row, UUID claim, long endsAt) throws SQLException {
        Message message = new Message(
                row.getObject("message_id", UUID.class),
                plan.destination(),
                row.getString("ordering_key"),
                row.getString("type"),
                row.getString("content"),
                Duration.ZERO,
                Optional.ofNullable(row.getString("traceparent")));
        return new Claimed(
                message,
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                claim,
                row.getInt("claims"),
                row.getInt("refusals"),
                endsAt);
    }
}

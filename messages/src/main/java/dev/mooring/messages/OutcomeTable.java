package dev.mooring.messages;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * The statements that write how deliveries ended. The transaction holds the locks of all keys concerned. A message that another relay has
 * claimed since is not changed, because it has another claim.
 */
final class OutcomeTable {
    private static final String APPLY = """
            update mooring.outbox o
            set state = r.state,
                leads = o.leads and r.state = 'pending',
                ended_at = case when r.state <> 'pending' then clock_timestamp() end,
                claimed_by = case when r.state <> 'pending' then o.claimed_by end,
                claims = o.claims - r.untried,
                due_at = case when r.waits then clock_timestamp() + r.pause * interval '1 microsecond' else o.due_at end,
                refusals = o.refusals + r.counts,
                cause_kind = case when r.untried = 1 then o.cause_kind else nullif(r.kind, '') end,
                cause_message = case when r.untried = 1 then o.cause_message when r.kind <> '' then r.cause end,
                history = case when r.kind = '' then o.history
                          else coalesce(case when jsonb_array_length(o.history) >= 20 then o.history - 0 else o.history end,
                                        '[]')
                               || jsonb_build_object('at', clock_timestamp(), 'kind', r.kind, 'message', left(r.cause, 500))
                          end
            from unnest(cast(? as uuid[]), cast(? as text[]), cast(? as int[]), cast(? as boolean[]), cast(? as bigint[]),
                        cast(? as int[]), cast(? as text[]), cast(? as text[]))
                 as r (message_id, state, untried, waits, pause, counts, kind, cause)
            where o.message_id = r.message_id and o.claimed_by = ? and o.state = 'pending'
            returning o.message_id""";

    /** A dead letter that was put back while a relay held a newer message of its key leads when that one waits. */
    private static final String STEP_BACK = """
            update mooring.outbox o set leads = false
            where destination = ? and ordering_key = any(cast(? as text[])) and state = 'pending' and leads
              and exists (select from mooring.outbox e where e.destination = o.destination
                            and e.ordering_key = o.ordering_key and e.state = 'pending' and e.seq < o.seq)""";

    private static final String LEAD = """
            update mooring.outbox o set leads = true, claimed_by = null
            from unnest(cast(? as text[])) as k (ordering_key)
            cross join lateral (select message_id from mooring.outbox
                                where destination = ? and ordering_key = k.ordering_key and state = 'pending'
                                order by seq limit 1) first
            where o.message_id = first.message_id and not o.leads""";

    private static final String APPLY_AND_LEAD = APPLY + ";\n" + LEAD;

    private static final String ENDED_BY =
            "select message_id from mooring.outbox where message_id = any(cast(? as uuid[])) and claimed_by = ? and state <> 'pending'";

    private OutcomeTable() {}

    /**
     * Writes the rulings, which are all of one claim, and lets the oldest pending message of each key lead, in one round trip; the ids of
     * the messages that the claim still held.
     */
    static Set<UUID> apply(
            Connection connection, UUID claim, List<Ruling> rulings, String destination, Collection<String> keys)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(APPLY_AND_LEAD)) {
            Columns columns = new Columns(connection, statement, rulings);
            columns.add("uuid", ruling -> ruling.held().message().id());
            columns.add("text", Ruling::state);
            columns.add("int", ruling -> ruling.outcome().isPresent() ? 0 : 1);
            columns.add("boolean", Ruling::waits);
            columns.add("bigint", ruling -> Entry.micros(ruling.pause()));
            columns.add("int", ruling -> ruling.counts() ? 1 : 0);
            columns.add(
                    "text", ruling -> ruling.kind() == null ? "" : ruling.kind().code());
            columns.add("text", Ruling::cause);
            statement.setObject(columns.next++, claim);
            statement.setArray(columns.next++, connection.createArrayOf("text", keys.toArray()));
            statement.setString(columns.next, destination);
            boolean hasRows = statement.execute();
            assert hasRows;
            return ids(statement.getResultSet());
        }
    }

    /** Takes the lead from messages of these keys that are not the oldest any more, and gives it to the oldest. */
    static void stepBack(Connection connection, String destination, Collection<String> keys) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(STEP_BACK)) {
            statement.setString(1, destination);
            statement.setArray(2, connection.createArrayOf("text", keys.toArray()));
            if (statement.executeUpdate() == 0) {
                return;
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(LEAD)) {
            statement.setArray(1, connection.createArrayOf("text", keys.toArray()));
            statement.setString(2, destination);
            statement.executeUpdate();
        }
    }

    /** Those of the messages that the claim ended before: a commit came through whose answer was lost. */
    static Set<UUID> endedBy(Connection connection, UUID claim, Collection<UUID> messages) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ENDED_BY)) {
            statement.setArray(1, connection.createArrayOf("uuid", messages.toArray()));
            statement.setObject(2, claim);
            return ids(statement.executeQuery());
        }
    }

    /** The ids in the rows, which end with their statement. */
    private static Set<UUID> ids(ResultSet rows) throws SQLException {
        Set<UUID> ids = new HashSet<>();
        while (rows.next()) {
            ids.add(rows.getObject(1, UUID.class));
        }
        return ids;
    }

    /** Sets one array for each column of the rulings. */
    private static final class Columns {
        private final Connection connection;
        private final PreparedStatement statement;
        private final List<Ruling> rulings;
        private int next = 1;

        Columns(Connection connection, PreparedStatement statement, List<Ruling> rulings) {
            this.connection = connection;
            this.statement = statement;
            this.rulings = rulings;
        }

        void add(String type, Function<Ruling, Object> value) throws SQLException {
            Object[] values = rulings.stream().map(value).toArray();
            statement.setArray(next++, connection.createArrayOf(type, values));
        }
    }
}

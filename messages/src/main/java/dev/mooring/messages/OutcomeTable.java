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
 * The statements that write how deliveries ended, while their transaction holds the locks of all keys concerned. A message that another
 * relay has claimed since is not changed, because it has another claim.
 */
final class OutcomeTable {
    /**
     * Locks keys, and notes for the statements of the same round trip which it locked. Each of those sees what was committed before the
     * locks.
     */
    private static final String LOCK = """
            select unnest(cast(set_config('mooring.locked', coalesce(cast(array_agg(key) as text), '{}'), true) as text[]))
            from unnest(cast(? as text[])) as k (key)
            where\s""";

    private static final String APPLY = """
            update mooring.outbox o
            set state = r.state,
                leads = o.leads and r.state = 'pending',
                ended_at = case when r.state <> 'pending' then clock_timestamp() end,
                claimed_by = case when r.state <> 'pending' then o.claimed_by end,
                claims = o.claims - r.untried,
                due_at = case when r.waits or (r.untried = 1 and o.leads)
                                then clock_timestamp() + r.pause * interval '1 microsecond' else o.due_at end,
                refusals = o.refusals + r.counts,
                cause_kind = case when r.untried = 1 then o.cause_kind else nullif(r.kind, '') end,
                cause_message = case when r.untried = 1 then o.cause_message when r.kind <> '' then r.cause end,
                history = case when r.kind = '' then o.history
                          else coalesce(case when jsonb_array_length(o.history) >= 20 then o.history - 0 else o.history end,
                                        '[]')
                               || jsonb_build_object('at', clock_timestamp(), 'kind', r.kind, 'message', left(r.cause, 500))
                          end
            from unnest(cast(? as uuid[]), cast(? as text[]), cast(? as int[]), cast(? as boolean[]), cast(? as bigint[]),
                        cast(? as int[]), cast(? as text[]), cast(? as text[]), cast(? as uuid[]), cast(? as text[]))
                 as r (message_id, state, untried, waits, pause, counts, kind, cause, claim, key)
            join unnest(cast(current_setting('mooring.locked') as text[])) as locked (key) on locked.key = r.key
            where o.message_id = r.message_id and o.claimed_by = r.claim and o.state = 'pending'
            returning o.message_id""";

    /** A dead letter that was put back while a relay held a newer message of its key leads when that one waits. */
    private static final String STEP_BACK = """
            update mooring.outbox o set leads = false
            where destination = ? and ordering_key = any(cast(? as text[])) and state = 'pending' and leads
              and exists (select from mooring.outbox e where e.destination = o.destination
                            and e.ordering_key = o.ordering_key and e.state = 'pending' and e.seq < o.seq)""";

    private static final String LEAD = leadOf("?");

    private static final String LEAD_LOCKED = leadOf("current_setting('mooring.locked')");

    private static final String RECORD_FREE = LOCK + KeyLock.IS_FREE + ";\n" + APPLY + ";\n" + LEAD_LOCKED;

    private static final String RECORD_ONE = LOCK + KeyLock.IS_TAKEN + ";\n" + APPLY + ";\n" + LEAD_LOCKED;

    private static final String ENDED_BY = """
            select o.message_id from unnest(cast(? as uuid[]), cast(? as uuid[])) as r (message_id, claim)
            join mooring.outbox o on o.message_id = r.message_id and o.claimed_by = r.claim and o.state <> 'pending'""";

    private OutcomeTable() {}

    /**
     * All oldest messages are found before one is changed: a scan that is interrupted by changes to its own page of the index leaves the dead
     * entries there for the next scan.
     */
    private static String leadOf(String keys) {
        return """
            update mooring.outbox set leads = true, claimed_by = null
            where not leads and message_id = any(array(
              select first.message_id from unnest(cast(%s as text[])) as k (ordering_key)
              cross join lateral (select message_id from mooring.outbox
                                  where destination = ? and ordering_key = k.ordering_key and state = 'pending'
                                  order by seq limit 1) first))""".formatted(keys);
    }

    /**
     * What was recorded.
     *
     * @param keys the keys whose locks were taken
     * @param changed the messages of these that their claims still held
     */
    record Recorded(Set<String> keys, Set<UUID> changed) {}

    /**
     * Takes the locks of the keys, writes the rulings of those keys, and lets the oldest pending message of each lead, in one round trip.
     *
     * @param keys waits for the lock of one key; of several it takes those that are free
     */
    static Recorded record(
            Connection connection, List<Ruling> rulings, String destination, Collection<String> keys, boolean waiting)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(waiting ? RECORD_ONE : RECORD_FREE)) {
            statement.setArray(1, connection.createArrayOf("text", keys.toArray()));
            statement.setString(2, destination);
            Columns columns = new Columns(connection, statement, rulings, 3);
            columns.add("uuid", ruling -> ruling.held().message().id());
            columns.add("text", Ruling::state);
            columns.add("int", ruling -> ruling.outcome().isPresent() ? 0 : 1);
            columns.add("boolean", Ruling::waits);
            columns.add("bigint", ruling -> Entry.micros(ruling.pause()));
            columns.add("int", ruling -> ruling.counts() ? 1 : 0);
            columns.add(
                    "text", ruling -> ruling.kind() == null ? "" : ruling.kind().code());
            columns.add("text", Ruling::cause);
            columns.add("uuid", ruling -> ruling.held().claim());
            columns.add("text", ruling -> ruling.held().message().key());
            statement.setString(columns.next, destination);
            boolean hasRows = statement.execute();
            assert hasRows;
            Set<String> locked = first(statement.getResultSet(), String.class);
            boolean hasIds = statement.getMoreResults();
            assert hasIds;
            return new Recorded(locked, first(statement.getResultSet(), UUID.class));
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

    /** Those of the messages that their claims ended before: a commit came through whose answer was lost. */
    static Set<UUID> endedBefore(Connection connection, List<Ruling> rulings) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ENDED_BY)) {
            Columns columns = new Columns(connection, statement, rulings, 1);
            columns.add("uuid", ruling -> ruling.held().message().id());
            columns.add("uuid", ruling -> ruling.held().claim());
            return first(statement.executeQuery(), UUID.class);
        }
    }

    /** The first column of the rows, which end with their statement. */
    private static <T> Set<T> first(ResultSet rows, Class<T> type) throws SQLException {
        Set<T> all = new HashSet<>();
        while (rows.next()) {
            all.add(rows.getObject(1, type));
        }
        return all;
    }

    /** Sets one array for each column of the rulings. */
    private static final class Columns {
        private final Connection connection;
        private final PreparedStatement statement;
        private final List<Ruling> rulings;
        private int next;

        Columns(Connection connection, PreparedStatement statement, List<Ruling> rulings, int next) {
            this.next = next;
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

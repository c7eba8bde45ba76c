package dev.mooring.registry.intents;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Orders in PostgreSQL. Every call is made within a transaction of somebody's. */
final class IntentTable {
    private static final String INSERT = """
            insert into mooring.operator_intent (seq, dependency, act, actor, reason, expires_at)
            values (?, ?, ?, ?, ?, clock_timestamp() + make_interval(secs => ?))""";

    /** No order holds longer than 30 days, so what is older cannot matter any more. */
    private static final String NEWEST = """
            select distinct on (dependency) seq, dependency, act, actor, reason,
                   extract(epoch from clock_timestamp() - ordered_at)::numeric,
                   extract(epoch from expires_at - clock_timestamp())::numeric
            from mooring.operator_intent
            where ordered_at > clock_timestamp() - interval '31 days'
            order by dependency, seq desc""";

    private IntentTable() {}

    /** Writes an order down under the number of its audit entry. */
    static void insert(Connection connection, long seq, Order order) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setLong(1, seq);
            insert.setString(2, order.dependency());
            insert.setString(3, order.act().code());
            insert.setString(4, order.actor());
            insert.setString(5, order.reason());
            if (order.lasts().isPresent()) {
                insert.setDouble(6, order.lasts().get().toMillis() / 1e3);
            } else {
                insert.setNull(6, Types.DOUBLE);
            }
            insert.executeUpdate();
        }
    }

    /** The order that counts of each dependency that there was one of. */
    static List<Intent> newest(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(NEWEST);
                ResultSet rows = select.executeQuery()) {
            List<Intent> newest = new ArrayList<>();
            while (rows.next()) {
                Optional<Act> act = Act.of(rows.getString(3));
                if (act.isPresent()) {
                    // A later build may know more acts.
                    newest.add(read(rows, act.get()));
                }
            }
            return newest;
        }
    }

    private static Intent read(ResultSet row, Act act) throws SQLException {
        return new Intent(
                row.getLong(1),
                row.getString(2),
                act,
                row.getString(4),
                row.getString(5),
                seconds(row.getBigDecimal(6)),
                Optional.ofNullable(row.getBigDecimal(7)).map(IntentTable::seconds));
    }

    private static Duration seconds(BigDecimal seconds) {
        return Duration.ofNanos(seconds.movePointRight(9).longValue());
    }
}

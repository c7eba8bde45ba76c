package dev.mooring.operations.orders;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code mooring.operator_intent}, which holds orders. Each method works in its caller's transaction. */
final class OrderTable {
    private static final String INSERT = """
            insert into mooring.operator_intent (seq, dependency, act, actor, reason, expires_at)
            values (:seq, :dependency, :act, :actor, :reason,
                    clock_timestamp() + make_interval(secs => cast(:seconds as double precision)))""";

    /** No order lasts longer than 30 days, so an older one has expired. */
    private static final String NEWEST = """
            select distinct on (dependency) seq, dependency, act, actor, reason,
                   extract(epoch from clock_timestamp() - ordered_at)::numeric as age,
                   extract(epoch from expires_at - clock_timestamp())::numeric as left
            from mooring.operator_intent
            where ordered_at > clock_timestamp() - interval '31 days'
            order by dependency, seq desc""";

    private OrderTable() {}

    /** Records an order under the number of its audit entry. */
    static void insert(JdbcClient database, long seq, Order order) {
        database.sql(INSERT)
                .param("seq", seq)
                .param("dependency", order.dependency())
                .param("act", order.kind().code())
                .param("actor", order.actor())
                .param("reason", order.reason())
                .param(
                        "seconds",
                        order.lasts().map(time -> time.toMillis() / 1e3).orElse(null))
                .update();
    }

    /** The newest order for each dependency that has one. Leaves out orders of a kind that this version does not know. */
    static List<RecordedOrder> newest(JdbcClient database) {
        return database.sql(NEWEST).query((row, n) -> read(row)).list().stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<RecordedOrder> read(ResultSet row) throws SQLException {
        Optional<OrderKind> kind = OrderKind.of(row.getString("act"));
        if (kind.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new RecordedOrder(
                row.getLong("seq"),
                row.getString("dependency"),
                kind.get(),
                row.getString("actor"),
                row.getString("reason"),
                seconds(row.getBigDecimal("age")),
                Optional.ofNullable(row.getBigDecimal("left")).map(OrderTable::seconds)));
    }

    private static Duration seconds(BigDecimal seconds) {
        return Duration.ofNanos(seconds.movePointRight(9).longValue());
    }
}

package dev.mooring.examples.flow.orders;

import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of orders. Each method works in the transaction of its caller. Thread-safe. */
final class OrderTable {
    private final JdbcClient database;

    OrderTable(JdbcClient database) {
        this.database = database;
    }

    Optional<Order> find(UUID id) {
        return database.sql("select id, user_id, item, amount_cents, status from orders where id = ?")
                .param(id)
                .query(Order.class)
                .optional();
    }

    /** The user's credit; empty if there is no such user. Orders of one user wait here for each other until their transactions end. */
    Optional<Long> creditOf(UUID user) {
        return database.sql("select credit_cents from users where id = ? for no key update")
                .param(user)
                .query(Long.class)
                .optional();
    }

    /** What all orders of the user cost together. */
    long spentBy(UUID user) {
        return database.sql("select cast(coalesce(sum(amount_cents), 0) as bigint) from orders where user_id = ?")
                .param(user)
                .query(Long.class)
                .single();
    }

    void add(Order order) {
        database.sql("insert into orders (id, user_id, item, amount_cents, status) values (?, ?, ?, ?, ?)")
                .params(order.id(), order.userId(), order.item(), order.amountCents(), order.status())
                .update();
    }
}

package dev.mooring.spring.outbox;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

// The code of docs/how-to/outbox.md. OutboxTest runs it.
// tag::orders
@Component
public class Orders {
    private final JdbcClient database;
    private final TransactionalOutbox outbox;

    public Orders(JdbcClient database, TransactionalOutbox outbox) {
        this.database = database;
        this.outbox = outbox;
    }

    @Transactional
    public void place(String customer, String order) {
        database.sql("insert into orders (customer, document) values (?, cast(? as jsonb))")
                .params(customer, order)
                .update();
        outbox.add("billing", customer, "order.placed", order);
    }
}
// end::orders

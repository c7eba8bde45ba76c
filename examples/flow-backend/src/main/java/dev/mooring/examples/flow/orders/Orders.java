package dev.mooring.examples.flow.orders;

import dev.mooring.examples.flow.messages.OrderMessage;
import dev.mooring.examples.flow.transactions.PatientTransactions;
import dev.mooring.spring.outbox.TransactionalOutbox;
import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemException;
import java.util.Optional;
import java.util.UUID;

/** Takes orders. An order and the message about it are one transaction. Thread-safe. */
final class Orders {
    private final OrderTable table;
    private final PatientTransactions transactions;
    private final TransactionalOutbox outbox;

    Orders(OrderTable table, PatientTransactions transactions, TransactionalOutbox outbox) {
        this.table = table;
        this.transactions = transactions;
        this.outbox = outbox;
    }

    /**
     * Reserves the amount of an order within the credit of its user. The same order again is the same order, never a second one.
     *
     * @return the order in its present state
     * @throws ProblemException 422 {@code user_not_found} or {@code idempotency_key_reused}, 409 {@code credit_exhausted}
     */
    Order reserve(Order order) {
        return transactions.run(() -> reserved(order));
    }

    private Order reserved(Order order) {
        // The lock comes first, so that a copy of the request that runs at the same time finds the order of the other
        // one.
        long credit = table.creditOf(order.userId())
                .orElseThrow(() -> refused(422, "user_not_found", "There is no user " + order.userId() + "."));
        Optional<Order> before = table.find(order.id());
        if (before.isPresent()) {
            if (!order.asksForTheSame(before.get())) {
                throw refused(422, "idempotency_key_reused", "This Idempotency-Key belongs to another order.");
            }
            return before.get();
        }
        long left = credit - table.spentBy(order.userId());
        if (order.amountCents() > left) {
            throw refused(409, "credit_exhausted", "The order costs more than the credit that is left, " + left + ".");
        }
        table.add(order);
        OrderMessage message = new OrderMessage(order.id(), order.userId(), order.item(), order.amountCents());
        outbox.add(OrderMessage.DESTINATION, order.id().toString(), OrderMessage.RESERVED, message.payload());
        return order;
    }

    /** An order by its id. */
    Order find(UUID id) {
        return transactions.run(() -> table.find(id)
                .orElseThrow(() -> ProblemException.notFound("order_not_found", "There is no order " + id + ".")));
    }

    private static ProblemException refused(int status, String code, String detail) {
        return new ProblemException(Problem.of(status, code, detail));
    }
}

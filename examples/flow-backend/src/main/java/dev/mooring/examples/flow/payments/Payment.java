package dev.mooring.examples.flow.payments;

import dev.mooring.spring.body.Answer;
import java.util.List;
import java.util.UUID;

/**
 * The payment of an order. Immutable.
 *
 * @param id its id (UUIDv7)
 * @param orderId the order, which has one payment
 * @param amountCents what was paid
 */
@Answer
record Payment(UUID id, UUID orderId, long amountCents) {
    /** An answer. */
    @Answer
    record Page(List<Payment> payments) {}
}

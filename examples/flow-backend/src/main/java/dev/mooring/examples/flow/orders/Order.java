package dev.mooring.examples.flow.orders;

import dev.mooring.spring.body.Answer;
import java.util.UUID;

/**
 * An order. Immutable.
 *
 * @param id its id
 * @param userId who placed it
 * @param item what was ordered
 * @param amountCents what it costs
 * @param status {@code reserved}, or {@code paid} once the payment is recorded
 */
@Answer
record Order(UUID id, UUID userId, String item, long amountCents, String status) {
    static final String RESERVED = "reserved";

    /** Whether this asks for the same as {@code other}, whatever became of that one. */
    boolean asksForTheSame(Order other) {
        return userId.equals(other.userId) && item.equals(other.item) && amountCents == other.amountCents;
    }
}

package dev.mooring.examples.flow.messages;

import dev.mooring.spring.body.Answer;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/**
 * What every message says: the order that something happened to. Immutable.
 *
 * @param orderId the order; also the key of its messages, so that they arrive in their order
 * @param userId who placed it
 * @param item what was ordered
 * @param amountCents what it costs
 */
@Answer
public record OrderMessage(UUID orderId, UUID userId, String item, long amountCents) {
    /** The name of the queue, and of the outbox's destination. */
    public static final String DESTINATION = "flow";

    /** An order was accepted, and its amount is reserved. */
    public static final String RESERVED = "order.reserved";

    /** The payment of an order was recorded. */
    public static final String PAID = "payment.recorded";

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Reads the payload of a message. */
    public static OrderMessage read(String payload) {
        return JSON.readValue(payload, OrderMessage.class);
    }

    /** The payload of a message. */
    public String payload() {
        return JSON.writeValueAsString(this);
    }
}

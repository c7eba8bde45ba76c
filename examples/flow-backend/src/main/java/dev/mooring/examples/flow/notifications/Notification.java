package dev.mooring.examples.flow.notifications;

import dev.mooring.spring.body.Answer;
import java.util.List;
import java.util.UUID;

/**
 * A notification of a user. Immutable.
 *
 * @param id its id (UUIDv7)
 * @param orderId the order that it is about
 * @param text what it says
 */
@Answer
record Notification(UUID id, UUID orderId, String text) {
    /** An answer. */
    @Answer
    record Page(List<Notification> notifications) {}
}

package dev.mooring.messages.queue.redis;

import java.util.Map;
import java.util.Optional;

/**
 * A group as Redis describes it ({@code XINFO GROUPS}).
 *
 * @param lastDelivered the id of the last entry that a consumer of the group received
 * @param pending how many entries its consumers have not acknowledged
 * @param lag how many entries none received; empty where Redis does not know, as before Redis 7
 */
record Group(String name, String lastDelivered, long pending, Optional<Long> lag) {
    static Group of(Object description) {
        Map<String, Object> fields = Replies.map(description);
        return new Group(
                String.valueOf(fields.get("name")),
                String.valueOf(fields.get("last-delivered-id")),
                Replies.number(fields, "pending"),
                fields.containsKey("lag") ? Optional.of(Replies.number(fields, "lag")) : Optional.empty());
    }
}

package dev.mooring.messages;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A message that ended undelivered after its last attempt. It stays until an operator puts it back or discards it.
 *
 * @param seq its place among all messages; dead letters are listed by it
 * @param id the id of the message
 * @param destination where it was to go
 * @param key the key of the message; the later messages of this key go on without it
 * @param type its type
 * @param payload its content, a JSON document
 * @param createdAt when the outbox accepted it
 * @param diedAt when the last attempt failed
 * @param attempts how many attempts counted
 * @param causeKind the code of the failure kind of the last attempt
 * @param causeMessage the same in words
 * @param history the last attempts that failed, up to 20, oldest first; those during an outage too. Empty where an older release made it
 * @param waiting how many messages of its key wait now; those beyond 10,000 are not counted
 */
public record DeadLetter(
        long seq,
        UUID id,
        String destination,
        String key,
        String type,
        String payload,
        Instant createdAt,
        Instant diedAt,
        int attempts,
        String causeKind,
        String causeMessage,
        List<FailedAttempt> history,
        long waiting) {
    public DeadLetter {
        history = List.copyOf(history);
    }

    /** About how much memory it takes, in bytes. */
    public long bytes() {
        long texts = 2L * (payload.length() + key.length() + causeMessage.length());
        return texts
                + history.stream()
                        .mapToLong(one -> 100 + 2L * one.message().length())
                        .sum();
    }
}

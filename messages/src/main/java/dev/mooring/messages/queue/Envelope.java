package dev.mooring.messages.queue;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A message in a queue. Immutable.
 *
 * @param id its id (UUIDv7), by which consumers recognize a message that comes twice
 * @param type what it says, such as {@code model.registered}; 1 to 100 characters
 * @param time when what it says became true
 * @param attempt the number of the attempt to publish it, from 1; two copies of one message may differ in it
 * @param payload its content, a JSON document
 * @param traceparent the trace in which it began (W3C Trace Context), where there was one
 */
public record Envelope(UUID id, String type, Instant time, int attempt, String payload, Optional<String> traceparent) {
    private static final int LONGEST_TYPE = 100;

    public Envelope {
        int length = type.codePointCount(0, type.length());
        if (length == 0 || length > LONGEST_TYPE) {
            throw new IllegalArgumentException("type must have 1 to " + LONGEST_TYPE + " characters but has " + length);
        }
        if (attempt < 1) {
            throw new IllegalArgumentException("attempt must be at least 1 but is " + attempt);
        }
    }

    /** A message of no trace that is published for the first time. */
    public Envelope(UUID id, String type, Instant time, String payload) {
        this(id, type, time, 1, payload, Optional.empty());
    }
}

package dev.mooring.messages;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A message to one destination. Immutable.
 *
 * @param id its id (UUIDv7), by which receivers recognize a message that comes twice
 * @param destination where it goes: the name of the relay that delivers it, 1 to 60 characters
 * @param key messages of one key reach the destination one at a time, in the order in which their transactions committed; 1 to 1,000
 *     characters
 * @param type what it says, such as {@code model.registered}; 1 to 100 characters
 * @param payload its content, a JSON document
 * @param delay how long after its transaction the first delivery may begin; later messages of the key wait for it
 * @param traceparent the trace in which it was added, in the form of W3C Trace Context, up to 255 characters
 */
public record Message(
        UUID id,
        String destination,
        String key,
        String type,
        String payload,
        Duration delay,
        Optional<String> traceparent) {
    private static final int LONGEST_DESTINATION = 60;
    private static final int LONGEST_KEY = 1_000;
    private static final int LONGEST_TYPE = 100;
    private static final int LONGEST_TRACEPARENT = 255;
    private static final Pattern TRACEPARENT =
            Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}[!-~]*");

    public Message {
        check("destination", destination, LONGEST_DESTINATION);
        check("key", key, LONGEST_KEY);
        check("type", type, LONGEST_TYPE);
        if (delay.isNegative()) {
            throw new IllegalArgumentException("delay must not be negative but is " + delay);
        }
        if (!traceparent.map(Message::isTraceparent).orElse(true)) {
            throw new IllegalArgumentException("traceparent must have the form of W3C Trace Context");
        }
    }

    /** A message whose first delivery may begin at once. */
    public Message(UUID id, String destination, String key, String type, String payload) {
        this(id, destination, key, type, payload, Duration.ZERO);
    }

    /** A message of no trace. */
    public Message(UUID id, String destination, String key, String type, String payload, Duration delay) {
        this(id, destination, key, type, payload, delay, Optional.empty());
    }

    /** The same, but its first delivery begins that much later. */
    public Message after(Duration pause) {
        return new Message(id, destination, key, type, payload, pause, traceparent);
    }

    /** The same in a trace; in none when {@code traceparent} is null or does not have the form of W3C Trace Context. */
    public Message tracedBy(@Nullable String traceparent) {
        Optional<String> valid = Optional.ofNullable(traceparent).filter(Message::isTraceparent);
        return new Message(id, destination, key, type, payload, delay, valid);
    }

    private static boolean isTraceparent(String text) {
        return text.length() <= LONGEST_TRACEPARENT && TRACEPARENT.matcher(text).matches();
    }

    private static void check(String what, String value, int longest) {
        int length = value.codePointCount(0, value.length());
        if (length == 0 || length > longest) {
            throw new IllegalArgumentException(what + " must have 1 to " + longest + " characters but has " + length);
        }
    }
}

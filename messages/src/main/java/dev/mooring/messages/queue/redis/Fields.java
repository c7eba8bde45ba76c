package dev.mooring.messages.queue.redis;

import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import dev.mooring.messages.queue.DeadMessage;
import dev.mooring.messages.queue.Envelope;
import io.lettuce.core.StreamMessage;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The fields of the entries of a stream, as other clients read them. */
final class Fields {
    private static final String ID = "message_id";
    private static final String TYPE = "type";
    private static final String TIME = "time";
    private static final String ATTEMPT = "attempt";
    private static final String PAYLOAD = "payload";
    private static final String TRACEPARENT = "traceparent";
    private static final String GROUP = "group";
    private static final String DELIVERIES = "deliveries";
    private static final String DIED_AT = "died_at";
    private static final String CAUSE_KIND = "cause_kind";
    private static final String CAUSE_MESSAGE = "cause_message";

    private Fields() {}

    /** Names and values in turn. */
    static Object[] of(Envelope message) {
        return names(message).toArray();
    }

    static Object[] of(String group, int deliveries, Envelope message, Failure cause) {
        List<String> all = names(message);
        all.addAll(List.of(GROUP, group, DELIVERIES, String.valueOf(deliveries), DIED_AT, String.valueOf(cause.at())));
        all.addAll(List.of(CAUSE_KIND, cause.kind().code(), CAUSE_MESSAGE, cause.message()));
        return all.toArray();
    }

    private static List<String> names(Envelope message) {
        List<String> all = new ArrayList<>(List.of(
                ID,
                message.id().toString(),
                TYPE,
                message.type(),
                TIME,
                message.time().toString(),
                ATTEMPT,
                String.valueOf(message.attempt()),
                PAYLOAD,
                message.payload()));
        message.traceparent().ifPresent(trace -> all.addAll(List.of(TRACEPARENT, trace)));
        return all;
    }

    /** The message, unless another program wrote something else into the stream. */
    static Optional<Envelope> envelope(StreamMessage<String, String> entry) {
        Map<String, String> fields = entry.getBody();
        try {
            return Optional.of(new Envelope(
                    UUID.fromString(fields.getOrDefault(ID, "")),
                    fields.getOrDefault(TYPE, ""),
                    Instant.parse(fields.getOrDefault(TIME, "")),
                    Integer.parseInt(fields.getOrDefault(ATTEMPT, "1")),
                    Optional.ofNullable(fields.get(PAYLOAD))
                            .orElseThrow(() -> new IllegalArgumentException("no payload")),
                    Optional.ofNullable(fields.get(TRACEPARENT))));
        } catch (IllegalArgumentException | DateTimeException foreign) {
            return Optional.empty();
        }
    }

    /** What stands for an entry that is no message: all its fields as text. */
    static Envelope raw(StreamMessage<String, String> entry) {
        return new Envelope(new UUID(0, 0), "unreadable", time(entry.getId()), String.valueOf(entry.getBody()));
    }

    static Failure unreadable() {
        return new Failure(
                FailureKind.PROTOCOL_ERROR,
                "the entry lacks a field of a message, or has one that cannot be read",
                Instant.now());
    }

    /** A dead letter; a message that an operator put there by hand has no cause. */
    static DeadMessage dead(StreamMessage<String, String> entry) {
        Map<String, String> fields = entry.getBody();
        return new DeadMessage(
                entry.getId(),
                fields.getOrDefault(GROUP, ""),
                envelope(entry).orElseGet(() -> raw(entry)),
                number(fields.getOrDefault(DELIVERIES, "")),
                new Failure(
                        kind(fields.getOrDefault(CAUSE_KIND, "")),
                        fields.getOrDefault(CAUSE_MESSAGE, ""),
                        time(entry.getId())));
    }

    private static int number(String text) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }

    private static FailureKind kind(String code) {
        try {
            return FailureKind.valueOf(code.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException newer) {
            return FailureKind.UNKNOWN;
        }
    }

    /** The id of an entry begins with the milliseconds at which the server added it. */
    static Instant time(String id) {
        return Instant.ofEpochMilli(Long.parseLong(id.substring(0, id.indexOf('-'))));
    }
}

package dev.mooring.messages.queue;

import dev.mooring.retry.Backoff;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;

/**
 * How a consumer works. Immutable; the methods with an argument give a changed copy.
 *
 * @param reader the group, the consumer's name in it, and the lease (default 1 min), which the consumer extends while it holds a message
 * @param places how many messages it processes at the same time, each on a thread of its own; 1 to 100, default 8. It holds up to as many
 *     again that wait for a place or for their next attempt
 * @param attempts how many failed attempts make a message a dead letter; 1 to 1,000, default 5
 * @param backoff how long a message waits after a failed attempt; its attempts and its deadline do not count. Default 1 s, doubling up to
 *     1 min
 * @param key what must be processed in order: of the messages with one key the consumer processes one at a time, in the order in which it
 *     received them, and a later one waits for the retries of an earlier one. By default the id, so that there is no order. Two consumers of
 *     a group process messages of one key at the same time; run one where that must not be
 * @param remembered how many ids of processed messages it remembers, in this process's memory; 1 to 1,000,000, default 10,000
 * @param longest how long it extends the lease of a message that a handler works on; default 5 min
 * @param goodbye how long {@link Consumer#close} waits for handlers that run; default 10 s
 */
public record ConsumerPlan(
        Reader reader,
        int places,
        int attempts,
        Backoff backoff,
        Function<Envelope, String> key,
        int remembered,
        Duration longest,
        Duration goodbye) {
    private static final int MOST_REMEMBERED = 1_000_000;

    public ConsumerPlan {
        require(places >= 1 && places <= 100, "places must be 1 to 100 but is " + places);
        require(attempts >= 1 && attempts <= 1_000, "attempts must be 1 to 1000 but is " + attempts);
        require(
                remembered >= 1 && remembered <= MOST_REMEMBERED,
                "remembered must be 1 to " + MOST_REMEMBERED + " but is " + remembered);
        require(!longest.isNegative(), "longest must not be negative but is " + longest);
        require(!goodbye.isNegative(), "goodbye must not be negative but is " + goodbye);
    }

    /** A plan with the defaults, for a consumer with a name of its own in this group. */
    public static ConsumerPlan of(String group) {
        String name = ProcessHandle.current().pid() + "-" + UUID.randomUUID();
        return new ConsumerPlan(
                new Reader(group, name, Duration.ofMinutes(1)),
                8,
                5,
                Backoff.exponential(Duration.ofSeconds(1)).cap(Duration.ofMinutes(1)),
                message -> message.id().toString(),
                10_000,
                Duration.ofMinutes(5),
                Duration.ofSeconds(10));
    }

    /** The same with that many handlers at the same time. */
    public ConsumerPlan places(int most) {
        return new ConsumerPlan(reader, most, attempts, backoff, key, remembered, longest, goodbye);
    }

    /** The same with another lease. */
    public ConsumerPlan lease(Duration lease) {
        Reader other = new Reader(reader.group(), reader.consumer(), lease);
        return new ConsumerPlan(other, places, attempts, backoff, key, remembered, longest, goodbye);
    }

    /** The same, but so many failed attempts make a dead letter. */
    public ConsumerPlan attempts(int most) {
        return new ConsumerPlan(reader, places, most, backoff, key, remembered, longest, goodbye);
    }

    /** The same with other waits. */
    public ConsumerPlan backoff(Backoff waits) {
        return new ConsumerPlan(reader, places, attempts, waits, key, remembered, longest, goodbye);
    }

    /** The same, but it processes messages of one key in order. */
    public ConsumerPlan inOrderOf(Function<Envelope, String> what) {
        return new ConsumerPlan(reader, places, attempts, backoff, what, remembered, longest, goodbye);
    }

    /** The same, but it remembers that many ids. */
    public ConsumerPlan remembering(int ids) {
        return new ConsumerPlan(reader, places, attempts, backoff, key, ids, longest, goodbye);
    }

    /** The same, but it extends the lease of a message that a handler works on no longer than that. */
    public ConsumerPlan longest(Duration handling) {
        return new ConsumerPlan(reader, places, attempts, backoff, key, remembered, handling, goodbye);
    }

    /** The same, but its end waits that long for handlers that run. */
    public ConsumerPlan goodbye(Duration wait) {
        return new ConsumerPlan(reader, places, attempts, backoff, key, remembered, longest, wait);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}

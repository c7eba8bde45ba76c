package dev.mooring.messages;

import dev.mooring.retry.Backoff;
import java.time.Duration;

/**
 * How a relay works. Immutable; the methods with an argument give a changed copy.
 *
 * @param destination the destination whose messages it delivers
 * @param places how many batches it delivers at the same time, each on a thread of its own; 1 to 100, default 8
 * @param batch how many messages it claims, delivers and records together; 1 to 1,000, default 1. A batch ends before that where its
 *     payloads have 4 MB. With 1 each is delivered alone, and while deliveries are quick some are claimed ahead
 * @param lease how long a claim keeps other relays from a message; longer than any delivery takes, default 1 min. What a process held that
 *     died is delivered again when this has passed
 * @param attempts how many refused attempts make a message a dead letter; 1 to 1,000, default 10
 * @param backoff how long a message waits after an attempt; its attempts and its deadline do not count. Default 1 s, doubling up to 1 min
 * @param poll how often it looks for messages that it was not told of, and for the end of waits; 10 ms to 1 min, default 1 s
 * @param kept how long the outbox keeps messages that were delivered or rejected; default one day
 */
public record RelayPlan(
        String destination,
        int places,
        int batch,
        Duration lease,
        int attempts,
        Backoff backoff,
        Duration poll,
        Duration kept) {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    public RelayPlan {
        require(places >= 1 && places <= 100, "places must be 1 to 100 but is " + places);
        require(batch >= 1 && batch <= 1_000, "batch must be 1 to 1000 but is " + batch);
        require(!lease.isNegative() && !lease.isZero(), "lease must be positive but is " + lease);
        require(attempts >= 1 && attempts <= 1_000, "attempts must be 1 to 1000 but is " + attempts);
        require(
                poll.compareTo(Duration.ofMillis(10)) >= 0 && poll.compareTo(Duration.ofMinutes(1)) <= 0,
                "poll must be 10 ms to 1 min but is " + poll);
        require(!kept.isNegative(), "kept must not be negative but is " + kept);
    }

    /** A plan with the defaults. */
    public static RelayPlan to(String destination) {
        return new RelayPlan(
                destination,
                8,
                1,
                Duration.ofMinutes(1),
                10,
                Backoff.exponential(Duration.ofSeconds(1)).cap(LONGEST_WAIT),
                Duration.ofSeconds(1),
                Duration.ofDays(1));
    }

    /** The same with up to that many messages in a batch. */
    public RelayPlan batch(int most) {
        return new RelayPlan(destination, places, most, lease, attempts, backoff, poll, kept);
    }

    /** The same with that many deliveries at the same time. */
    public RelayPlan places(int most) {
        return new RelayPlan(destination, most, batch, lease, attempts, backoff, poll, kept);
    }

    /** The same with another lease. */
    public RelayPlan lease(Duration longest) {
        return new RelayPlan(destination, places, batch, longest, attempts, backoff, poll, kept);
    }

    /** The same, but so many refused attempts make a dead letter. */
    public RelayPlan attempts(int most) {
        return new RelayPlan(destination, places, batch, lease, most, backoff, poll, kept);
    }

    /** The same with other waits. */
    public RelayPlan backoff(Backoff waits) {
        return new RelayPlan(destination, places, batch, lease, attempts, waits, poll, kept);
    }

    /** The same, but it looks that often. */
    public RelayPlan poll(Duration pause) {
        return new RelayPlan(destination, places, batch, lease, attempts, backoff, pause, kept);
    }

    /** The same, but the outbox keeps ended messages that long. */
    public RelayPlan kept(Duration afterTheEnd) {
        return new RelayPlan(destination, places, batch, lease, attempts, backoff, poll, afterTheEnd);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}

package dev.mooring.messages;

import dev.mooring.time.Time;
import java.time.Duration;
import java.time.Instant;

/** One attempt to deliver a message. Thread-safe. */
public final class DeliveryAttempt {
    private final Message message;
    private final Instant acceptedAt;
    private final int number;
    private final Time time;
    private final long endsAt;

    DeliveryAttempt(Message message, Instant acceptedAt, int number, Time time, long endsAt) {
        this.message = message;
        this.acceptedAt = acceptedAt;
        this.number = number;
        this.time = time;
        this.endsAt = endsAt;
    }

    /** The message; its delay is over. */
    public Message message() {
        return message;
    }

    /** When the outbox accepted the message. */
    public Instant acceptedAt() {
        return acceptedAt;
    }

    /**
     * The number of the attempt, from 1. From 2 on an earlier attempt may have reached the destination, because the process that made it
     * may have died before it recorded the outcome.
     */
    public int number() {
        return number;
    }

    /** How long the lease of the message still holds: until then no other relay delivers the message. Never negative. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, endsAt - time.nanos()));
    }

    @Override
    public String toString() {
        return message.type() + " " + message.id() + " to " + message.destination() + ", attempt " + number;
    }
}

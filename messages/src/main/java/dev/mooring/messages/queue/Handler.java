package dev.mooring.messages.queue;

/** Processes messages. Must be thread-safe: a consumer processes several at the same time. */
@FunctionalInterface
public interface Handler {
    /**
     * Processes a message. It returns when the message is processed; the consumer then acknowledges it.
     *
     * @throws dev.mooring.breaker.MooringException what it needs is away: the message waits, and this attempt does not count
     * @throws Exception it failed: the attempt counts, and after the last one the message is a dead letter
     */
    void handle(Envelope message) throws Exception;
}

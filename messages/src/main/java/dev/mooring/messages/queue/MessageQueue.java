package dev.mooring.messages.queue;

import dev.mooring.breaker.MooringException;
import dev.mooring.failure.Failure;
import dev.mooring.messages.Figures;
import dev.mooring.messages.Result;
import java.time.Duration;
import java.util.List;

/**
 * A queue of messages. Each group of consumers gets each message at least once: again when a consumer died, or when a publisher repeats a
 * message because it had no answer. All copies of a message have its id. Messages come in the order in which they were published; those that
 * come again come later. Thread-safe.
 *
 * <p>All methods except {@link #publish} throw a {@link MooringException} where the server refuses, is away, or does not answer in time. What
 * was asked may have been done then.
 */
public interface MessageQueue {
    /** Its name. */
    String name();

    /**
     * Publishes messages, in this order.
     *
     * @return what became of each, in the same order: {@link Result.Delivered}; {@link Result.Later} where the server is away or refuses all
     *     messages, so the message may be in the queue; {@link Result.Refused} where it refuses this one. A message after one that failed may be
     *     in the queue all the same
     */
    List<Result> publish(List<Envelope> messages);

    /**
     * Receives messages: those whose lease ended or that were given back, and those that no consumer of the group has received.
     *
     * @param most how many at most
     * @param wait how long to wait while there are none; the queue may return sooner
     */
    List<Received> receive(Reader reader, int most, Duration wait) throws InterruptedException;

    /** Says that messages are processed: they do not come to this group again. */
    void acknowledge(Reader reader, List<Received> processed);

    /**
     * Begins the leases of messages anew.
     *
     * @return those that the consumer still holds
     */
    List<Received> extend(Reader reader, List<Received> held);

    /** Gives messages back that the consumer did not try to process: another one gets them at once, and this delivery does not count. */
    void giveBack(Reader reader, List<Received> untouched);

    /** Ends a message that cannot be processed, for this group: it becomes a dead letter. */
    void deadLetter(Reader reader, Received poison, Failure cause);

    /**
     * The dead letters of all groups, oldest first.
     *
     * @param after the place of the last one of the page before; empty for the first page
     * @param most how many at most
     */
    List<DeadMessage> deadLetters(String after, int most);

    /** Lets a dead letter come again, as if it were new. False when there is none at this place. */
    boolean replay(String place);

    /** Deletes a dead letter. False when there is none at this place. */
    boolean discard(String place);

    /** What waits, of all groups together: messages that a group has not received or not acknowledged. Without a group, all messages. */
    Figures depth();

    /** Deletes some of what is over: see the implementations for what that is. Call it about once a minute. */
    void tidy();
}

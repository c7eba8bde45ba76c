package dev.mooring.messages;

import java.util.List;

/**
 * Takes messages to one destination, in batches. Must be thread-safe: a relay delivers several batches at the same time, never two with
 * messages of one key. {@link #each} makes one of a {@link SingleDelivery}.
 */
public interface Delivery {
    /**
     * Delivers messages of several keys. Those of one key stand in their order, and a delivery sends a message only after all messages of
     * its key before it in the batch have ended, which is {@link Result.Delivered} or {@link Result.Rejected}. Behind any other result the
     * key stops: the relay ignores the results of the key's remaining messages ({@link Result#behind()}), and none of them counts an
     * attempt. No transaction is open. All calls to the destination must have ended before {@link DeliveryAttempt#left} is zero, because
     * then another relay may deliver the same messages.
     *
     * @return one result for each message, in the order of the batch. A {@link dev.mooring.breaker.MooringException} instead counts as
     *     {@link Result.Later} for the whole batch. After anything else that is thrown, and after a wrong number of results, the relay
     *     delivers the messages again, each in a batch of its own, so that one message stops no others; of such a batch it counts as {@link
     *     Result.Refused}
     */
    List<Result> deliver(List<DeliveryAttempt> batch) throws Exception;

    /** Whether a delivery makes sense now: false while the breaker of the destination refuses calls. Reads memory. */
    default boolean isReady() {
        return true;
    }

    /** A delivery that takes the messages of a batch one after the other. */
    static Delivery each(SingleDelivery one) {
        return new OneByOne(one);
    }
}

package dev.mooring.messages;

/** Takes single messages to one destination. Must be thread-safe: a relay delivers messages of several keys at the same time. */
@FunctionalInterface
public interface SingleDelivery {
    /**
     * Delivers a message. No transaction is open. All calls to the destination must have ended before {@link DeliveryAttempt#left} is
     * zero, because then another relay may deliver the same message.
     *
     * @return how it ended. A {@link dev.mooring.breaker.MooringException} instead counts as {@link Result.Later}, anything else that is
     *     thrown as {@link Result.Refused}
     */
    Result deliver(DeliveryAttempt attempt) throws Exception;

    /** Whether a delivery makes sense now: false while the breaker of the destination refuses calls. Reads memory. */
    default boolean isReady() {
        return true;
    }
}

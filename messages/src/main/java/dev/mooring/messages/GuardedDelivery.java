package dev.mooring.messages;

import dev.mooring.Dependency;
import dev.mooring.breaker.BreakerState;
import dev.mooring.breaker.MooringException;
import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import java.util.Optional;
import java.util.Set;

/**
 * Sends messages, one at a time, through the breaker of the dependency that gets them. While the breaker is open, messages wait and none is
 * sent. A message also waits where the dependency refused the connection, did not answer, or lost the connection. An attempt counts where the
 * dependency answered with an error while its breaker was closed, and where the failure is not its fault. So give the dependency a classifier
 * that knows its refusals of single messages: they then count, and do not open the breaker. Thread-safe if the sender is.
 */
public final class GuardedDelivery implements SingleDelivery {
    /** Failures that may come from the message itself. */
    private static final Set<FailureKind> ANSWERS = Set.of(
            FailureKind.HTTP_ERROR, FailureKind.PROTOCOL_ERROR, FailureKind.PERMISSION_DENIED, FailureKind.UNKNOWN);

    private final Dependency destination;
    private final Sender sender;

    /** How to send a message. */
    @FunctionalInterface
    public interface Sender {
        /** Sends the message and returns when its destination has it. */
        void send(Message message) throws Exception;
    }

    private GuardedDelivery(Dependency destination, Sender sender) {
        this.destination = destination;
        this.sender = sender;
    }

    /** A delivery to this dependency. */
    public static Delivery of(Dependency destination, Sender sender) {
        return Delivery.each(new GuardedDelivery(destination, sender));
    }

    @Override
    public boolean isReady() {
        BreakerState state = destination.breaker().view().state();
        return state != BreakerState.OPEN && state != BreakerState.FORCED_OPEN;
    }

    /** A refusal by the breaker reaches the relay, for which it means later. */
    @Override
    public Result deliver(DeliveryAttempt attempt) throws Exception {
        // A failure may open the breaker, and counts all the same.
        boolean closed = destination.breaker().view().state() == BreakerState.CLOSED;
        try {
            return destination
                    .call(() -> {
                        sender.send(attempt.message());
                        return Result.delivered();
                    })
                    .within(attempt.left())
                    .get();
        } catch (MooringException | InterruptedException notSent) {
            throw notSent;
        } catch (Exception failed) {
            Optional<FailureKind> fault = destination.classifier().classify(failed);
            FailureKind kind = fault.orElse(FailureKind.UNKNOWN);
            boolean counts = fault.isEmpty() || (closed && ANSWERS.contains(kind));
            String message = Failure.oneLine(failed);
            return counts ? new Result.Refused(kind, message) : new Result.Later(kind, message);
        }
    }
}

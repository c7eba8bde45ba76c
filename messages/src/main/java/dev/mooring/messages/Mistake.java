package dev.mooring.messages;

import dev.mooring.breaker.MooringException;
import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import org.slf4j.LoggerFactory;

/** What it means for a message that its delivery threw something. */
final class Mistake {
    private Mistake() {}

    static Result of(DeliveryAttempt attempt, Throwable failed) {
        if (failed instanceof MooringException refused) {
            return new Result.Later(FailureKind.SATURATED, Failure.oneLine(refused));
        }
        if (failed instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return new Result.Later(FailureKind.SATURATED, "this process ended while it delivered");
        }
        LoggerFactory.getLogger(Relay.class).error("{} failed by a mistake in its delivery", attempt, failed);
        return new Result.Refused(FailureKind.UNKNOWN, Failure.oneLine(failed));
    }
}

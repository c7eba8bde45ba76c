package dev.mooring.messages;

import dev.mooring.breaker.DependencySaturatedException;
import dev.mooring.breaker.DependencyUnavailableException;
import dev.mooring.breaker.MooringException;
import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import org.slf4j.LoggerFactory;

/** What it means for a message that its delivery threw something. */
final class Mistake {
    private Mistake() {}

    static Result of(DeliveryAttempt attempt, Throwable failed) {
        if (failed instanceof MooringException refused) {
            return later(refused);
        }
        if (failed instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return new Result.Later(FailureKind.SATURATED, "this process ended while it delivered");
        }
        LoggerFactory.getLogger(Relay.class).error("{} failed by a mistake in its delivery", attempt, failed);
        return new Result.Refused(FailureKind.UNKNOWN, Failure.oneLine(failed));
    }

    /** Mooring refused the call of a delivery: the kind is that of the failure which opened the breaker, or says that a pool is full. */
    static Result later(MooringException refused) {
        FailureKind kind = refused instanceof DependencyUnavailableException away
                ? away.lastFailure().map(Failure::kind).orElse(FailureKind.UNKNOWN)
                : refused instanceof DependencySaturatedException ? FailureKind.SATURATED : FailureKind.UNKNOWN;
        return new Result.Later(kind, Failure.oneLine(refused));
    }
}

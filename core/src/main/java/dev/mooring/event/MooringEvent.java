package dev.mooring.event;

import dev.mooring.breaker.BreakerState;
import dev.mooring.breaker.OperatorAct;
import dev.mooring.breaker.TransitionCause;
import dev.mooring.failure.Coded;
import dev.mooring.failure.Failure;
import dev.mooring.health.Status;
import dev.mooring.probe.ProbeKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Something that happened to a dependency. Immutable. */
public sealed interface MooringEvent {
    /** The dependency's name. */
    String dependency();

    /** When it happened. */
    Instant at();

    /**
     * The status of the dependency changed.
     *
     * @param lasted how long the dependency had the status {@code from}
     * @param cause one line that says why the status changed
     * @param failure the failure that caused the change, if there is one
     */
    record StatusChanged(
            String dependency,
            Instant at,
            Status from,
            Status to,
            Duration lasted,
            String cause,
            Optional<Failure> failure)
            implements MooringEvent {}

    /**
     * The breaker changed its state.
     *
     * @param lasted how long the breaker was in the state {@code from}
     * @param act the operator's act that is in force after the change, if there is one
     */
    record BreakerMoved(
            String dependency,
            Instant at,
            BreakerState from,
            BreakerState to,
            Duration lasted,
            TransitionCause cause,
            Optional<OperatorAct> act)
            implements MooringEvent {
        /** A change after which no operator's act is in force. */
        public BreakerMoved(
                String dependency,
                Instant at,
                BreakerState from,
                BreakerState to,
                Duration lasted,
                TransitionCause cause) {
            this(dependency, at, from, to, lasted, cause, Optional.empty());
        }
    }

    /** A probe ended; {@code failure} is empty when the dependency answered. */
    record ProbeEnded(String dependency, Instant at, ProbeKind kind, Duration took, Optional<Failure> failure)
            implements MooringEvent {}

    /**
     * An outage began: a failure made the dependency {@code down}.
     *
     * @param after the time since the last good evidence; since supervision began if there has been none
     */
    record OutageDetected(String dependency, Instant at, Duration after) implements MooringEvent {}

    /**
     * An outage ended: the dependency is {@code up} or {@code degraded} again.
     *
     * @param after the time since Mooring detected the outage
     * @param refused how many calls its breaker refused in that time
     */
    record Recovered(String dependency, Instant at, Duration after, long refused) implements MooringEvent {}

    /**
     * An outage lasts: the event of each further minute.
     *
     * @param lasted the time since Mooring detected the outage
     * @param refused how many calls its breaker has refused in that time
     * @param failure the last failure
     */
    record OutageLasts(String dependency, Instant at, Duration lasted, long refused, Optional<Failure> failure)
            implements MooringEvent {}

    /** One attempt to open a connection ended; {@code failure} is empty when the connection was opened. */
    record ConnectionAttempted(String dependency, Instant at, Duration took, Optional<Failure> failure)
            implements MooringEvent {}

    /**
     * An attempt to deliver a message of a durable queue ended.
     *
     * @param dependency the destination of the message
     * @param took how long the attempt took
     */
    record DeliveryEnded(String dependency, Instant at, DeliveryOutcome outcome, Duration took)
            implements MooringEvent {}

    /** How an attempt to deliver a message ended. */
    enum DeliveryOutcome implements Coded {
        /** The destination has the message. */
        DELIVERED,
        /** The destination refuses this message for ever. */
        REJECTED,
        /** The destination answered with an error that counts; another attempt follows. */
        REFUSED,
        /** The destination is away; nothing counts, another attempt follows. */
        LATER,
        /** The last attempt failed: the message is a dead letter. */
        DEAD
    }
}

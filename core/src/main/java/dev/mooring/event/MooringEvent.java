package dev.mooring.event;

import dev.mooring.breaker.BreakerState;
import dev.mooring.breaker.OperatorAct;
import dev.mooring.breaker.TransitionCause;
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
     * @param cause one line that says why
     * @param failure the failure behind it, if there is one
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
     * The breaker moved.
     *
     * @param lasted how long the breaker was in {@code from}
     * @param act the operator's act in force after the move, if one is
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
        /** A move after which no operator's act is in force. */
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

    /** An outage began: a failure made the dependency {@code down}, {@code after} its last good evidence. */
    record OutageDetected(String dependency, Instant at, Duration after) implements MooringEvent {}

    /** An outage ended: the dependency is in full use again, {@code after} the outage was detected. */
    record Recovered(String dependency, Instant at, Duration after) implements MooringEvent {}

    /** One attempt to open a connection ended; {@code failure} is empty when the connection stands. */
    record ConnectionAttempted(String dependency, Instant at, Duration took, Optional<Failure> failure)
            implements MooringEvent {}
}

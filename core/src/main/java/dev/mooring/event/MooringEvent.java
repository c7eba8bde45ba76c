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
     * The status that is told outside changed.
     *
     * @param lasted how long the status left had lasted
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
     * @param lasted how long the state left had lasted
     * @param act the operator's act that is in force from now on, if one is
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
        /** A move that no operator's act stands behind. */
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

    /** A dependency that had been down was told down {@code after} its last good evidence. */
    record OutageDetected(String dependency, Instant at, Duration after) implements MooringEvent {}

    /** A dependency is back in full use, {@code after} it was told down. */
    record Recovered(String dependency, Instant at, Duration after) implements MooringEvent {}

    /** One attempt to open a connection ended; {@code failure} is empty when the connection stands. */
    record ConnectionAttempted(String dependency, Instant at, Duration took, Optional<Failure> failure)
            implements MooringEvent {}
}

package dev.mooring.history;

import dev.mooring.event.MooringEvent.StatusChanged;
import dev.mooring.failure.FailureKind;
import dev.mooring.health.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One change of the status of a dependency.
 *
 * @param lasted how long the dependency had the status {@code from}
 * @param cause one line that says why
 * @param kind the kind of the failure behind it, if there is one
 */
public record StateChange(
        String dependency,
        Instant at,
        Status from,
        Status to,
        Duration lasted,
        String cause,
        Optional<FailureKind> kind) {
    /** The change in {@code event}. */
    public static StateChange of(StatusChanged event) {
        return new StateChange(
                event.dependency(),
                event.at(),
                event.from(),
                event.to(),
                event.lasted(),
                event.cause(),
                event.failure().map(f -> f.kind()));
    }
}

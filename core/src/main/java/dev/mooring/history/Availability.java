package dev.mooring.history;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * How much of a period a dependency could be used. Time in which its status was unknown counts neither way: no process saw that the
 * dependency was well.
 *
 * @param known the time in which the status was neither unknown nor disabled
 * @param usable the part of it in which it was up, degraded or recovering
 */
public record Availability(Duration known, Duration usable) {
    /** The usable share of the known time, 0 to 1; empty when nothing is known. */
    public OptionalDouble share() {
        return known.isZero() ? OptionalDouble.empty() : OptionalDouble.of((double) usable.toNanos() / known.toNanos());
    }
}

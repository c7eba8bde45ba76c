package dev.mooring.history;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * How much of a stretch of time a dependency could be used. Time of which nothing is known counts for neither side: what an ended
 * process did not see is not taken for well.
 *
 * @param known the time in which a status other than unknown was told
 * @param usable the part of it in which it was up, degraded or recovering
 */
public record Availability(Duration known, Duration usable) {
    /** The usable share of the known time, 0 to 1; empty when nothing is known. */
    public OptionalDouble share() {
        return known.isZero() ? OptionalDouble.empty() : OptionalDouble.of((double) usable.toNanos() / known.toNanos());
    }
}

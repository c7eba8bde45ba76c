package dev.mooring.registry.mirror;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far the comparison of a mirror is.
 *
 * @param phase the part that is due; empty between two comparisons
 * @param offset how many rows of its list come before the next page
 * @param lastName the name in the last row before, for lists of models; the model of which only a part fits into a page, for lists of
 *     versions; empty if there is none
 * @param startedAt when the comparison began
 * @param startedAgo how long ago that was, by the clock of the database too
 * @param completeAgo how long ago the last complete one began; empty before the first
 */
record Position(
        Optional<Phase> phase,
        long offset,
        String lastName,
        Optional<Instant> startedAt,
        Optional<Duration> startedAgo,
        Optional<Duration> completeAgo) {
    /** The beginning of a phase. */
    Position at(Phase next) {
        return new Position(Optional.of(next), 0, "", startedAt, startedAgo, completeAgo);
    }

    /** The same phase further on. */
    Position moved(long rows, String name) {
        return new Position(phase, offset + rows, name, startedAt, startedAgo, completeAgo);
    }
}

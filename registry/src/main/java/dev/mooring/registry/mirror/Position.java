package dev.mooring.registry.mirror;

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
 * @param completeAt when the last complete one began; empty before the first
 */
record Position(
        Optional<Phase> phase,
        long offset,
        String lastName,
        Optional<Instant> startedAt,
        Optional<Instant> completeAt) {
    /** The beginning of a phase. */
    Position at(Phase next) {
        return new Position(Optional.of(next), 0, "", startedAt, completeAt);
    }

    /** The same phase further on. */
    Position moved(long rows, String name) {
        return new Position(phase, offset + rows, name, startedAt, completeAt);
    }
}

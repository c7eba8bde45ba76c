package dev.mooring.testing.load;

import java.time.Duration;
import java.util.Optional;

/**
 * One call of a load. Immutable.
 *
 * @param dueNanos when it should have begun, as {@link System#nanoTime} counts
 * @param took the time from then until it ended
 * @param error what it threw; empty when it succeeded
 */
public record Sent(long dueNanos, Duration took, Optional<Exception> error) {
    /** Whether it threw nothing. */
    public boolean succeeded() {
        return error.isEmpty();
    }

    /** When it ended, as {@link System#nanoTime} counts. */
    public long endNanos() {
        return dueNanos + took.toNanos();
    }
}

package dev.mooring.operations.keys;

import java.time.Instant;
import java.util.Optional;

/** When a key was last used on this instance, to the second. Thread-safe. */
final class LastUse {
    private static final long NEVER = Long.MIN_VALUE;

    /** In seconds since 1970. Volatile: requests write it, at most once a second, and the control thread reads it. */
    private volatile long seconds = NEVER;

    /** The part of {@link #seconds} that is in the table. Only the control thread uses it. */
    private long written = NEVER;

    void note(Instant now) {
        long second = now.getEpochSecond();
        if (second != seconds) {
            seconds = second;
        }
    }

    Optional<Instant> last() {
        long last = seconds;
        return last == NEVER ? Optional.empty() : Optional.of(Instant.ofEpochSecond(last));
    }

    /** The last use, if the table does not have it yet; from now on it counts as written. */
    Optional<Instant> toWrite() {
        long last = seconds;
        if (last == written) {
            return Optional.empty();
        }
        written = last;
        return Optional.of(Instant.ofEpochSecond(last));
    }
}

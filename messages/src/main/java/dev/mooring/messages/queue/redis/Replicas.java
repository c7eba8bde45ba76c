package dev.mooring.messages.queue.redis;

import dev.mooring.time.Time;
import java.time.Duration;
import java.util.List;

/**
 * What is known of the replicas of a stream's server. A primary whose replicas have just gone may be one that another server replaces: what it
 * takes would be lost. So for a while it counts as no primary; a new primary alone then waits as long for a replica of its own.
 * Thread-safe.
 */
final class Replicas {
    /** A failover is over by then, and the old primary knows it. */
    private static final Duration WHILE = Duration.ofSeconds(10);

    private final Time time;

    /** Whether a server had replicas. Publishing threads write and read this and the next two; the last answer counts. */
    private volatile boolean seen;

    /** When one had replicas last, in nanoseconds. Volatile as above. */
    private volatile long seenAt;

    /** Whether the last answer named none. Volatile as above. */
    private volatile boolean gone;

    Replicas(Time time) {
        this.time = time;
    }

    /** Takes note of the answer to {@code ROLE}; an empty one says nothing. Whether there are replicas. */
    boolean note(List<Object> role) {
        if (role.size() < 3) {
            return false;
        }
        boolean some = role.get(2) instanceof List<?> replicas && !replicas.isEmpty();
        if (some) {
            seenAt = time.nanos();
            seen = true;
        }
        gone = !some;
        return some;
    }

    /** Whether the replicas have just gone. */
    boolean haveJustGone() {
        return seen && gone && time.nanos() - seenAt < WHILE.toNanos();
    }
}

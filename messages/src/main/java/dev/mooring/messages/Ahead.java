package dev.mooring.messages;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many messages a relay without batches holds besides those that it delivers. A place then finds its next message in memory, and one
 * statement claims many. So many only that the last of them waits 10 ms at the pace of the slowest delivery of late: none where a delivery
 * takes long, because another process could deliver it meanwhile. Thread-safe.
 */
final class Ahead {
    /** The most messages besides those in delivery. */
    static final int MOST = 120;

    private static final long WAIT = Duration.ofMillis(10).toNanos();
    /** What a delivery that was quick takes off the time of the slowest one. */
    private static final int PART = 8;

    private final int places;
    /** What the slowest delivery of late took, in nanoseconds; so long at first that nothing is claimed ahead. */
    private final AtomicLong slowest;

    Ahead(int places) {
        this.places = places;
        this.slowest = new AtomicLong(2 * places * WAIT);
    }

    /** Learns that a delivery took so long. */
    void learn(long nanos) {
        slowest.accumulateAndGet(nanos, (before, now) -> Math.max(now, before - before / PART));
    }

    /** The most messages that may wait for a place. */
    int most() {
        return (int) Math.min(MOST, places * WAIT / Math.max(1, slowest.get()));
    }
}

package dev.mooring.messages;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many messages a relay without batches holds besides those that it delivers. A place then finds its next message in memory, and one
 * statement claims many. So many only that the last of them waits 10 ms while deliveries take what they took of late: none where they take
 * long, because another process could deliver it meanwhile. Thread-safe.
 */
final class Ahead {
    /** The most messages besides those in delivery. */
    static final int MOST = 200;

    private static final long WAIT = Duration.ofMillis(10).toNanos();
    /** The share of one delivery in the usual time, so that a pause of this process hardly counts. */
    private static final int PART = 8;

    private final int places;
    /** What a delivery usually takes, in nanoseconds; so long at first that nothing is claimed ahead. */
    private final AtomicLong usual;

    Ahead(int places) {
        this.places = places;
        this.usual = new AtomicLong(2L * places * WAIT);
    }

    /** Learns that a delivery took so long. */
    void learn(long nanos) {
        usual.accumulateAndGet(nanos, (before, now) -> before + (now - before) / PART);
    }

    /** The most messages that may wait for a place. */
    int most() {
        return (int) Math.min(MOST, places * WAIT / Math.max(1, usual.get()));
    }
}

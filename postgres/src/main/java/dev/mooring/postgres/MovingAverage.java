package dev.mooring.postgres;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A moving average of durations, in which each new one counts a sixteenth. Thread-safe. */
final class MovingAverage {
    private static final int SHARE = 16;

    /** Nanoseconds. */
    private final AtomicLong average = new AtomicLong();

    void add(long nanos) {
        average.updateAndGet(before -> before == 0 ? nanos : before + (nanos - before) / SHARE);
    }

    Duration get() {
        return Duration.ofNanos(average.get());
    }
}

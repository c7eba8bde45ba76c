package dev.mooring.spring.metrics;

import java.time.Duration;
import java.util.stream.LongStream;

/** The bounds of the histograms: few enough to be kept for years, fine enough for a 99th percentile where promises are made. */
final class Buckets {
    /** Answers: from a server beside us to the longest time limits. */
    static final Duration[] ANSWERS = millis(1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000);

    /** Until an outage is told: a refusal within 3 s, silence within the check timeout. */
    static final Duration[] DETECTION =
            millis(500, 1_000, 2_000, 3_000, 5_000, 7_500, 10_000, 10_500, 15_000, 30_000, 60_000);

    /** From an outage that was told to full use. */
    static final Duration[] RECOVERY =
            millis(1_000, 2_000, 3_000, 5_000, 10_000, 30_000, 60_000, 300_000, 900_000, 3_600_000);

    private Buckets() {}

    private static Duration[] millis(long... bounds) {
        return LongStream.of(bounds).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }
}

package dev.mooring.spring.metrics;

import java.time.Duration;
import java.util.stream.LongStream;

/**
 * Bucket bounds of the histograms: few, so that they can be stored for years, and dense around the promised limits, so that a
 * 99th percentile is exact enough there.
 */
final class Buckets {
    /** Response times, from a server on the same host to the longest time limit. */
    static final Duration[] ANSWERS = millis(1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000);

    /** Time until health reports an outage: within 3 s for a refusal, within the check timeout for silence. */
    static final Duration[] DETECTION =
            millis(500, 1_000, 2_000, 3_000, 5_000, 7_500, 10_000, 10_500, 15_000, 30_000, 60_000);

    /** Time from the report of an outage until the breaker admits all calls. */
    static final Duration[] RECOVERY =
            millis(1_000, 2_000, 3_000, 5_000, 10_000, 30_000, 60_000, 300_000, 900_000, 3_600_000);

    private Buckets() {}

    private static Duration[] millis(long... bounds) {
        return LongStream.of(bounds).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }
}

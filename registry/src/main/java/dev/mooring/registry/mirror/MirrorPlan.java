package dev.mooring.registry.mirror;

import java.time.Duration;

/**
 * How the mirror is compared with MLflow.
 *
 * @param interval the time from the beginning of one comparison to that of the next
 * @param pause the least rest after each request
 * @param rows how many versions a request asks for, and twice as many as it asks models
 */
record MirrorPlan(Duration interval, Duration pause, int rows) {
    /** At most four requests a second, and fewer where they take long. */
    static MirrorPlan every(Duration interval) {
        return new MirrorPlan(interval, Duration.ofMillis(250), 1_000);
    }
}

package dev.mooring.operations.limits;

import io.github.bucket4j.Bandwidth;
import java.time.Duration;

/**
 * A number of requests in a time. It comes back evenly: after a burst of all of it, one request every {@link #pause()}.
 *
 * @param name its name in the header {@code RateLimit-Policy}
 * @param requests the number of requests, at least 1
 * @param window the time, in whole seconds
 */
record Quota(String name, long requests, Duration window) {
    static Quota perMinute(int requests) {
        return new Quota("minute", requests, Duration.ofMinutes(1));
    }

    static Quota perHour(int requests) {
        return new Quota("hour", requests, Duration.ofHours(1));
    }

    Bandwidth bandwidth() {
        return Bandwidth.builder()
                .capacity(requests)
                .refillGreedy(requests, window)
                .id(name)
                .build();
    }

    /** The time after which one more request comes back. */
    Duration pause() {
        return window.dividedBy(requests);
    }
}

package dev.mooring.event;

import java.time.Duration;

/**
 * Receives how long each admitted call took. Many threads call it concurrently, each at the end of its call: it must be quick and
 * thread-safe.
 */
@FunctionalInterface
public interface CallListener {
    /** A call ended, well or not; {@code took} counts from its permit on. */
    void ended(Duration took);
}

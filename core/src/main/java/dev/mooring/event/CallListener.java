package dev.mooring.event;

import java.time.Duration;

/** Is told how long each admitted call took, on the thread that ends the call: it must be quick, and is used by many at once. */
@FunctionalInterface
public interface CallListener {
    /** A call ended, well or not; {@code took} counts from its permit on. */
    void ended(Duration took);
}

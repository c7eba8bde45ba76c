package dev.mooring.supervision;

import java.time.Duration;

/**
 * Measures how long this process stood still (garbage collection, a throttled or stopped process). The supervisor makes a step at
 * least every 100 ms; a step that comes more than 150 ms late shows a pause of this process, which is no silence of a dependency.
 * Used on one thread.
 */
final class Pauses {
    static final Duration BEAT = Duration.ofMillis(100);
    private static final long TOLERATED = Duration.ofMillis(150).toNanos();

    private long expected;
    private long total;
    private long lastEnd;
    private boolean begun;

    /** The supervisor begins a step. */
    void stepBegins(long now) {
        if (!begun) {
            begun = true;
            lastEnd = now;
        } else if (now - expected > TOLERATED) {
            total += now - expected;
            lastEnd = now;
        }
    }

    /** The supervisor wants its next step after {@code wanted} nanoseconds. Returns the wait, which is one beat at most. */
    long stepEnds(long now, long wanted) {
        long wait = Math.max(0, Math.min(wanted, BEAT.toNanos()));
        expected = now + wait;
        return wait;
    }

    /** Nanoseconds paused since the start. */
    long total() {
        return total;
    }

    /** Nanoseconds since the last pause ended. */
    long runningFor(long now) {
        return now - lastEnd;
    }
}

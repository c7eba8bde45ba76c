package dev.mooring.supervision;

import java.time.Duration;

/**
 * Measures how long this process itself stood still (garbage collection, a throttled or stopped process): the supervisor should
 * come by every 100 ms, and what it comes too late was a pause of ours, not a silence of theirs. Used on one thread.
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

    /** The supervisor wants to come again after {@code wanted} nanoseconds; gives when it shall: at the next beat at the latest. */
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

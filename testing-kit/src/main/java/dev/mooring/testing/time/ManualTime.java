package dev.mooring.testing.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * A time source that stands still until a test moves it: a wall clock and a monotonic clock that advance together.
 *
 * <pre>{@code
 * ManualTime time = new ManualTime();
 * Breaker breaker = new Breaker(time.wall(), time.monotonic());
 * time.advance(Duration.ofSeconds(60));
 * }</pre>
 *
 * <p>The wall clock starts at {@link #START} and can be set apart, as an administrator or NTP would. The monotonic clock starts 30
 * seconds before {@code Long.MAX_VALUE} nanoseconds and wraps around like {@link System#nanoTime()} may, so that code which
 * compares readings with {@code <} instead of subtracting them fails in its test and not years later.
 *
 * <p>Thread-safe: a reader sees either all of a move or nothing of it.
 */
public final class ManualTime {
    /** Where the wall clock starts unless the test says otherwise. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final long FIRST_NANOS =
            Long.MAX_VALUE - Duration.ofSeconds(30).toNanos();

    /** Written under the lock of this object, so that no step is lost; volatile so that readers need no lock. */
    private volatile Reading now;

    /** Starts with the wall clock at {@link #START}. */
    public ManualTime() {
        this(START);
    }

    /** Starts with the wall clock at the given instant. */
    public ManualTime(Instant wall) {
        this.now = new Reading(wall, FIRST_NANOS);
    }

    /** The wall clock. */
    public InstantSource wall() {
        return () -> now.wall();
    }

    /** The monotonic clock, in nanoseconds; only differences between readings mean something. */
    public LongSupplier monotonic() {
        return () -> now.nanos();
    }

    /**
     * Moves both clocks forward.
     *
     * @throws IllegalArgumentException if the step is negative: a monotonic clock never goes back
     */
    public synchronized void advance(Duration step) {
        if (step.isNegative()) {
            throw new IllegalArgumentException("time was to advance by " + step
                    + "; expected zero or more. To set the wall clock back use setWall");
        }
        now = new Reading(now.wall().plus(step), now.nanos() + step.toNanos());
    }

    /** Sets the wall clock, forwards or back; the monotonic clock does not move. */
    public synchronized void setWall(Instant wall) {
        now = new Reading(wall, now.nanos());
    }

    @Override
    public String toString() {
        return "ManualTime[" + now.wall() + "]";
    }

    private record Reading(Instant wall, long nanos) {}
}

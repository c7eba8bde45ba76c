package dev.mooring.time;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The two kinds of time: {@link #now()} is what people read (it can jump), {@link #nanos()} is what durations are measured
 * with (it only grows). Built from JDK types, so that a test can put a manual clock behind it. Thread-safe.
 */
public final class Time {
    private static final Time SYSTEM = new Time(InstantSource.system(), System::nanoTime);

    private final InstantSource wall;
    private final LongSupplier monotonic;

    private Time(InstantSource wall, LongSupplier monotonic) {
        this.wall = wall;
        this.monotonic = monotonic;
    }

    /** The clocks of this machine. */
    public static Time system() {
        return SYSTEM;
    }

    /** The given clocks; {@code monotonic} gives nanoseconds from any fixed origin. */
    public static Time of(InstantSource wall, LongSupplier monotonic) {
        return new Time(wall, monotonic);
    }

    /** The wall clock's time. */
    public Instant now() {
        return wall.instant();
    }

    /** Nanoseconds since an arbitrary origin; only differences mean something. */
    public long nanos() {
        return monotonic.getAsLong();
    }
}

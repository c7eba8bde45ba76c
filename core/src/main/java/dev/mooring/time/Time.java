package dev.mooring.time;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The two kinds of time: {@link #now()} is what people read (it can jump), {@link #nanos()} is what durations are measured
 * with (it only grows); and the {@linkplain #chance() chance} by which pauses are spread. Built from JDK types, so that a test can
 * put a manual clock and a seed behind it, and everything happens the same way again. Thread-safe.
 */
public final class Time {
    private static final Time SYSTEM = of(InstantSource.system(), System::nanoTime);

    private final InstantSource wall;
    private final LongSupplier monotonic;
    private final Supplier<RandomGenerator> chance;

    private Time(InstantSource wall, LongSupplier monotonic, Supplier<RandomGenerator> chance) {
        this.wall = wall;
        this.monotonic = monotonic;
        this.chance = chance;
    }

    /** The clocks of this machine. */
    public static Time system() {
        return SYSTEM;
    }

    /** The given clocks; {@code monotonic} gives nanoseconds from any fixed origin. */
    public static Time of(InstantSource wall, LongSupplier monotonic) {
        return new Time(wall, monotonic, ThreadLocalRandom::current);
    }

    /** The given clocks and the given chance; {@code chance} need not be thread-safe where only one thread uses this. */
    public static Time of(InstantSource wall, LongSupplier monotonic, RandomGenerator chance) {
        return new Time(wall, monotonic, () -> chance);
    }

    /** The wall clock's time. */
    public Instant now() {
        return wall.instant();
    }

    /** Nanoseconds since an arbitrary origin; only differences mean something. */
    public long nanos() {
        return monotonic.getAsLong();
    }

    /** What jitter is drawn from; to be used on the calling thread only. */
    public RandomGenerator chance() {
        return chance.get();
    }
}

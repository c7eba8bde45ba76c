package dev.mooring.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The two kinds of time: {@link #now()} is what people read (it can jump), {@link #nanos()} is what durations are measured
 * with (it only grows); and the {@linkplain #chance() chance} by which pauses are spread. Built from JDK types, so that a test can
 * put a manual clock and a seed behind it, and everything happens the same way again. Thread-safe.
 */
public final class Time {
    private static final Time SYSTEM = new Time(
            InstantSource.system(),
            System::nanoTime,
            ThreadLocalRandom::current,
            duration -> TimeUnit.NANOSECONDS.sleep(duration.toNanos()));
    /** How often a thread that sleeps on a clock of its caller looks at that clock. */
    private static final long LOOK_MILLIS = 1;

    private final InstantSource wall;
    private final LongSupplier monotonic;
    private final Supplier<RandomGenerator> chance;
    private final Sleep sleep;

    /** How a thread waits until the monotonic clock has moved on. */
    @FunctionalInterface
    public interface Sleep {
        /** Waits for {@code duration}, measured by the monotonic clock of the same time. */
        void of(Duration duration) throws InterruptedException;
    }

    private Time(InstantSource wall, LongSupplier monotonic, Supplier<RandomGenerator> chance, Sleep sleep) {
        this.wall = wall;
        this.monotonic = monotonic;
        this.chance = chance;
        this.sleep = sleep;
    }

    /** The clocks of this machine. */
    public static Time system() {
        return SYSTEM;
    }

    /** The given clocks; {@code monotonic} gives nanoseconds from any fixed origin. */
    public static Time of(InstantSource wall, LongSupplier monotonic) {
        return new Time(wall, monotonic, ThreadLocalRandom::current, watching(monotonic));
    }

    /** The given clocks and the given chance; {@code chance} need not be thread-safe where only one thread uses this. */
    public static Time of(InstantSource wall, LongSupplier monotonic, RandomGenerator chance) {
        return new Time(wall, monotonic, () -> chance, watching(monotonic));
    }

    /** The same clocks, on which {@code how} waits; for a test that moves its clock instead of waiting. */
    public Time sleeping(Sleep how) {
        return new Time(wall, monotonic, chance, how);
    }

    /** Waits until the monotonic clock has moved on by {@code duration}; throws when the thread is interrupted. */
    public void sleep(Duration duration) throws InterruptedException {
        sleep.of(duration);
    }

    /** A clock that may stand still gives no hint how long to wait in real time, so its reader looks often. */
    private static Sleep watching(LongSupplier monotonic) {
        return duration -> {
            long until = monotonic.getAsLong() + duration.toNanos();
            while (until - monotonic.getAsLong() > 0) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        };
    }

    /** The wall clock's time. */
    public Instant now() {
        return wall.instant();
    }

    /** Nanoseconds since an arbitrary origin; only differences mean something. */
    public long nanos() {
        return monotonic.getAsLong();
    }

    /** The source of jitter, for the calling thread only. */
    public RandomGenerator chance() {
        return chance.get();
    }
}

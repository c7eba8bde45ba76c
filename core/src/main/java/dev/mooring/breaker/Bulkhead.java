package dev.mooring.breaker;

import dev.mooring.time.Deadline;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds how many calls to one dependency run, how many wait, and for how long, so that a hanging dependency can never take all
 * threads of a service. Thread-safe; waiters are served in no particular order.
 */
public final class Bulkhead {
    private final String dependency;
    private final Limits limits;
    private final Semaphore places;
    private final AtomicInteger waiting = new AtomicInteger();

    /**
     * The bounds.
     *
     * @param concurrent calls that run at once; 1 to 100,000
     * @param waiting calls that wait for a place at once; 0 to 100,000
     * @param patience how long one waits at most, cut to the caller's deadline; not negative
     */
    public record Limits(int concurrent, int waiting, Duration patience) {
        public Limits {
            if (concurrent < 1 || concurrent > 100_000) {
                throw new IllegalArgumentException("concurrent must be 1 to 100000 but is " + concurrent);
            }
            if (waiting < 0 || waiting > 100_000) {
                throw new IllegalArgumentException("waiting must be 0 to 100000 but is " + waiting);
            }
            if (patience.isNegative()) {
                throw new IllegalArgumentException("patience must not be negative but is " + patience);
            }
        }
    }

    /** An empty bulkhead before {@code dependency}. */
    public Bulkhead(String dependency, Limits limits) {
        this.dependency = dependency;
        this.limits = limits;
        this.places = new Semaphore(limits.concurrent());
    }

    /**
     * Takes a place, waiting for one if need be. Whoever took one must {@link #leave()} again.
     *
     * @throws DependencySaturatedException no place came free, too many wait already, or the thread was interrupted (the flag
     *     stays set)
     */
    public void enter() {
        if (places.tryAcquire()) {
            return;
        }
        if (waiting.incrementAndGet() > limits.waiting()) {
            waiting.decrementAndGet();
            throw full(Duration.ZERO);
        }
        Duration patience = Deadline.cut(limits.patience());
        try {
            if (!places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw full(patience);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw full(Duration.ZERO);
        } finally {
            waiting.decrementAndGet();
        }
    }

    /** Takes a place if one is free; never waits. */
    public boolean tryEnter() {
        return places.tryAcquire();
    }

    /** What a caller is told who found no place. */
    public DependencySaturatedException full() {
        return full(Duration.ZERO);
    }

    /** Gives the place back. */
    public void leave() {
        places.release();
    }

    /** The bounds. */
    public Limits limits() {
        return limits;
    }

    /** Calls that run now. */
    public int running() {
        return limits.concurrent() - places.availablePermits();
    }

    /** Calls that wait for a place now. */
    public int waiting() {
        return Math.min(waiting.get(), limits.waiting());
    }

    private DependencySaturatedException full(Duration waited) {
        return new DependencySaturatedException(
                dependency,
                String.format(
                        Locale.ROOT,
                        "%s is saturated: %d of %d calls run, %d of %d wait, none came free in %.1f s.",
                        dependency,
                        running(),
                        limits.concurrent(),
                        waiting(),
                        limits.waiting(),
                        waited.toNanos() / 1e9));
    }
}

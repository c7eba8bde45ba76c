package dev.mooring.breaker;

import dev.mooring.time.Deadline;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds how many calls to one dependency run, how many wait, and for how long, so that a hanging dependency can never take all
 * threads of a service. Thread-safe; waiters are served in no particular order.
 */
public final class Bulkhead {
    private final String dependency;
    private final Limits limits;
    private final Places places;
    private final AtomicInteger waiting = new AtomicInteger();

    /**
     * The bounds.
     *
     * @param concurrent calls that run at the same time; 1 to 100,000
     * @param waiting calls that wait for a place at the same time; 0 to 100,000
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
        this.places = new Places(limits.concurrent());
    }

    /**
     * Takes a place, waiting for one if need be.
     *
     * @return the place, to be given back with {@link #leave}
     * @throws DependencySaturatedException no place came free, too many calls wait already, or the thread was interrupted (the flag
     *     stays set)
     */
    public int enter() {
        int place = places.tryTake();
        return place == Places.NONE ? await() : place;
    }

    private int await() {
        if (waiting.incrementAndGet() > limits.waiting()) {
            waiting.decrementAndGet();
            throw full(Duration.ZERO);
        }
        Duration patience = Deadline.cut(limits.patience());
        try {
            int place = places.take(patience);
            if (place == Places.NONE) {
                throw full(patience);
            }
            return place;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw full(Duration.ZERO);
        } finally {
            waiting.decrementAndGet();
        }
    }

    /**
     * Takes a place if one is free; never waits.
     *
     * @return the place, to be given back with {@link #leave}
     * @throws DependencySaturatedException no place is free
     */
    public int enterNow() {
        int place = places.tryTake();
        if (place == Places.NONE) {
            throw full(Duration.ZERO);
        }
        return place;
    }

    /** Gives a place back; once for each place that was taken. */
    public void leave(int place) {
        places.giveBack(place);
    }

    /** The bounds. */
    public Limits limits() {
        return limits;
    }

    /** Calls that run now. */
    public int running() {
        return places.taken();
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

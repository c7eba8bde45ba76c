package dev.mooring.redis;

import dev.mooring.breaker.DependencySaturatedException;
import dev.mooring.time.Deadline;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The connections that have one user at a time, a bounded number of them. Thread-safe. */
final class Sessions implements AutoCloseable {
    private final String dependency;
    private final Supplier<CompletableFuture<Link>> opening;
    private final Duration connect;
    private final int most;
    private final Semaphore places;
    private final ConcurrentLinkedDeque<Link> idle = new ConcurrentLinkedDeque<>();

    /** Counts evictions: a session of an earlier generation closes its connection at its end. */
    private final AtomicInteger generation = new AtomicInteger();

    Sessions(String dependency, Supplier<CompletableFuture<Link>> opening, Duration connect, int most) {
        this.dependency = dependency;
        this.opening = opening;
        this.connect = connect;
        this.most = most;
        this.places = new Semaphore(most);
    }

    /**
     * A session on an idle connection, or on a new one.
     *
     * @param patience how long to wait for a place while all are taken
     */
    RedisSession take(Duration patience) {
        if (!hasPlace(patience)) {
            throw new DependencySaturatedException(
                    dependency, "all sessions with " + dependency + " are in use, and none came free in time");
        }
        try {
            int since = generation.get();
            Link kept = idle();
            return new RedisSession(kept == null ? open() : kept, since, this);
        } catch (RuntimeException | Error failed) {
            places.release();
            throw failed;
        }
    }

    private boolean hasPlace(Duration patience) {
        try {
            return places.tryAcquire(Deadline.cut(patience).toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private @Nullable Link idle() {
        for (Link kept = idle.pollFirst(); kept != null; kept = idle.pollFirst()) {
            if (kept.isOpen()) {
                return kept;
            }
            kept.close();
        }
        return null;
    }

    private Link open() {
        CompletableFuture<Link> coming = opening.get();
        try {
            return Waiting.within(Deadline.cut(connect), coming.copy());
        } catch (RuntimeException failed) {
            Link.abandon(coming);
            throw failed;
        }
    }

    /** A session ends that began in the generation {@code since}. */
    void leave(Link link, int since, boolean broken) {
        boolean keep = !broken && link.isOpen() && since == generation.get();
        if (keep) {
            idle.addFirst(link);
        }
        // An eviction that began since then looked for idle connections before or after this one was there.
        if (!keep || (since != generation.get() && idle.remove(link))) {
            link.close();
        }
        places.release();
    }

    /** Closes the idle connections now, and each one in use at the end of its session. */
    void evict() {
        generation.incrementAndGet();
        close();
    }

    RedisPool figures() {
        return new RedisPool(Math.max(0, most - places.availablePermits()), idle.size(), places.getQueueLength(), most);
    }

    /** Ends the idle connections; those in use end with the connector, or when their users meet an error. */
    @Override
    public void close() {
        for (Link kept = idle.pollFirst(); kept != null; kept = idle.pollFirst()) {
            kept.close();
        }
    }
}

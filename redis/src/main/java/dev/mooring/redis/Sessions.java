package dev.mooring.redis;

import dev.mooring.breaker.DependencySaturatedException;
import dev.mooring.time.Deadline;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The connections that have one user at a time, a bounded number of them. Thread-safe. */
final class Sessions implements AutoCloseable {
    private final String dependency;
    private final Supplier<CompletableFuture<Link>> opening;
    private final Duration connect;
    private final Semaphore places;
    private final ConcurrentLinkedDeque<Link> idle = new ConcurrentLinkedDeque<>();

    Sessions(String dependency, Supplier<CompletableFuture<Link>> opening, Duration connect, int most) {
        this.dependency = dependency;
        this.opening = opening;
        this.connect = connect;
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
            Link kept = idle();
            return new RedisSession(kept == null ? open() : kept, this);
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

    void leave(Link link, boolean broken) {
        if (broken || !link.isOpen()) {
            link.close();
        } else {
            idle.addFirst(link);
        }
        places.release();
    }

    /** Ends the idle connections; those in use end with the connector, or when their users meet an error. */
    @Override
    public void close() {
        for (Link kept = idle.pollFirst(); kept != null; kept = idle.pollFirst()) {
            kept.close();
        }
    }
}

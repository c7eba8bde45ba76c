package dev.mooring.redis;

import dev.mooring.time.Deadline;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connection that all calls share: one is enough, because Redis answers in the order of the commands. The outage
 * of Redis ends it. Thread-safe; no caller holds a lock while another one waits.
 */
final class SharedLink implements AutoCloseable {
    private final Supplier<CompletableFuture<Link>> opening;
    private final Duration connect;
    private final Duration command;

    /** The connection, or its opening; null before the first use and after a discard. */
    private final AtomicReference<@Nullable CompletableFuture<Link>> current = new AtomicReference<>();

    SharedLink(Supplier<CompletableFuture<Link>> opening, Duration connect, Duration command) {
        this.opening = opening;
        this.connect = connect;
        this.command = command;
    }

    /** Sends a command and waits for its answer: up to the limit of a command, cut to the deadline of the thread. */
    <T> T ask(RedisCommand<T> question) {
        Link link = Waiting.within(Deadline.cut(connect), usable().copy());
        return Waiting.within(
                Deadline.cut(command), question.send(link.commands()).toCompletableFuture());
    }

    private CompletableFuture<Link> usable() {
        while (true) {
            CompletableFuture<Link> known = current.get();
            if (known != null && !known.isCompletedExceptionally()) {
                return known;
            }
            CompletableFuture<Link> next = new CompletableFuture<>();
            if (current.compareAndSet(known, next)) {
                var unused = opening.get().whenComplete((link, failure) -> {
                    if (failure != null) {
                        next.completeExceptionally(failure);
                    } else if (!next.complete(link)) {
                        link.close();
                    }
                });
                return next;
            }
        }
    }

    /** Leaves the connection behind; the next call opens another one, and resolves the server's name again. */
    void renew() {
        CompletableFuture<Link> old = current.getAndSet(null);
        if (old != null) {
            Link.abandon(old);
        }
    }

    @Override
    public void close() {
        renew();
    }
}

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
    private final AtomicReference<@Nullable Shared> current = new AtomicReference<>();

    SharedLink(Supplier<CompletableFuture<Link>> opening, Duration connect, Duration command) {
        this.opening = opening;
        this.connect = connect;
        this.command = command;
    }

    /** Sends a command and waits for its answer: up to the limit of a command, cut to the deadline of the thread. */
    <T> T ask(RedisCommand<T> question) {
        Shared shared = entered();
        try {
            Link link = Waiting.within(Deadline.cut(connect), shared.link().copy());
            return link.ask(question, Deadline.cut(command));
        } finally {
            shared.exit();
        }
    }

    /** The connection with this call among its users; the call exits at its end. */
    private Shared entered() {
        while (true) {
            Shared shared = usable();
            if (shared.enter()) {
                return shared;
            }
        }
    }

    private Shared usable() {
        while (true) {
            Shared known = current.get();
            if (known != null && !known.link().isCompletedExceptionally()) {
                return known;
            }
            Shared next = new Shared();
            if (current.compareAndSet(known, next)) {
                var unused = opening.get().whenComplete((link, failure) -> {
                    if (failure != null) {
                        next.link().completeExceptionally(failure);
                    } else if (!next.link().complete(link)) {
                        link.close();
                    }
                });
                return next;
            }
        }
    }

    /** Leaves the connection behind; the next call opens another one, and resolves the server's name again. */
    void renew() {
        Shared old = current.getAndSet(null);
        if (old != null) {
            Link.abandon(old.link());
        }
    }

    /** The same, but calls in flight finish on the old connection. */
    void leave() {
        Shared old = current.getAndSet(null);
        if (old != null) {
            old.exit();
        }
    }

    @Override
    public void close() {
        renew();
    }
}

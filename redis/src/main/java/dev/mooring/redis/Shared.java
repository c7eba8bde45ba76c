package dev.mooring.redis;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A connection with a count of those who use it: its owner and each call in flight. It closes when the last of them exits. Thread-safe. */
final class Shared {
    private final CompletableFuture<Link> link = new CompletableFuture<>();

    /** The users; the owner is the first. After 0 it stays 0. */
    private final AtomicInteger users = new AtomicInteger(1);

    /** The connection, once it is open. */
    CompletableFuture<Link> link() {
        return link;
    }

    /** Adds a user; false where the last one has exited. */
    boolean enter() {
        return users.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
    }

    /** Removes a user. */
    void exit() {
        if (users.decrementAndGet() == 0) {
            Link.abandon(link);
        }
    }
}

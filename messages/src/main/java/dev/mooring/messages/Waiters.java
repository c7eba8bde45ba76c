package dev.mooring.messages;

import dev.mooring.event.MooringEvent.DeliveryOutcome;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Who waits for the outcome of the next attempt of a message, in this process. Thread-safe. */
final class Waiters {
    private final Map<UUID, CompletableFuture<DeliveryOutcome>> waiting = new ConcurrentHashMap<>();

    CompletableFuture<DeliveryOutcome> await(UUID message) {
        return waiting.computeIfAbsent(message, id -> new CompletableFuture<>());
    }

    void leave(UUID message) {
        waiting.remove(message);
    }

    void tell(UUID message, DeliveryOutcome outcome) {
        CompletableFuture<DeliveryOutcome> one = waiting.remove(message);
        if (one != null) {
            one.complete(outcome);
        }
    }
}

package dev.mooring.registry.events;

import dev.mooring.Mooring;
import dev.mooring.failure.FailureKind;
import dev.mooring.messages.Delivery;
import dev.mooring.messages.DeliveryAttempt;
import dev.mooring.messages.Result;
import dev.mooring.redis.settings.RedisVariables;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Takes events to Redis. It also waits while Redis answers but takes no writes, which leaves the breaker closed: messages then go at once
 * when the next probe finds that writes work. Thread-safe.
 */
final class EventDelivery implements Delivery {
    private static final Set<FailureKind> NO_WRITES =
            EnumSet.of(FailureKind.OUT_OF_MEMORY, FailureKind.READ_ONLY, FailureKind.DISK_FULL);

    private final Delivery queue;
    private final Mooring mooring;

    EventDelivery(Delivery queue, Mooring mooring) {
        this.queue = queue;
        this.mooring = mooring;
    }

    @Override
    public List<Result> deliver(List<DeliveryAttempt> batch) throws Exception {
        return queue.deliver(batch);
    }

    @Override
    public boolean isReady() {
        return queue.isReady()
                && mooring.health()
                        .dependency(RedisVariables.NAME)
                        .map(redis -> redis.findings().stream())
                        .orElseGet(Stream::empty)
                        .noneMatch(finding -> NO_WRITES.contains(finding.kind()));
    }
}

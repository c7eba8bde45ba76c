package dev.mooring.registry.events;

import dev.mooring.messages.Delivery;
import dev.mooring.messages.DeliveryAttempt;
import dev.mooring.messages.Result;
import java.util.List;

/**
 * Takes events to Redis while it takes them. Thread-safe.
 *
 * @param queue the way into the stream
 * @param redis whether Redis takes messages
 */
record EventDelivery(Delivery queue, RedisReadiness redis) implements Delivery {
    @Override
    public List<Result> deliver(List<DeliveryAttempt> batch) throws Exception {
        return queue.deliver(batch);
    }

    @Override
    public boolean isReady() {
        return redis.isReady();
    }
}

package dev.mooring.messages.queue.redis;

import dev.mooring.Mooring;
import dev.mooring.redis.Redis;
import dev.mooring.redis.settings.RedisSettings;
import dev.mooring.redis.settings.Topology;
import java.time.Duration;

/** A supervised Redis for the tests of queues. */
public final class RedisRig implements AutoCloseable {
    public final Redis redis;
    private final Mooring mooring;

    public RedisRig(Topology topology) {
        redis = Redis.of(RedisSettings.at("redis", topology));
        mooring = Mooring.supervise(redis.dependency());
        try {
            if (!redis.dependency().awaitContact(Duration.ofSeconds(10))) {
                throw new IllegalStateException("no contact with " + topology);
            }
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public void close() {
        mooring.close();
        redis.close();
    }
}

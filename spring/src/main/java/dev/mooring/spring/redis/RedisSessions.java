package dev.mooring.spring.redis;

import dev.mooring.redis.Redis;
import dev.mooring.redis.RedisPool;
import dev.mooring.spring.pool.ConnectionPool;
import dev.mooring.spring.pool.PoolFigures;
import java.util.Optional;

/** The sessions with a supervised Redis, as a pool. */
record RedisSessions(Redis redis) implements ConnectionPool {
    @Override
    public String dependency() {
        return redis.dependency().name();
    }

    @Override
    public PoolFigures figures() {
        RedisPool now = redis.pool();
        return new PoolFigures(now.active(), now.idle(), now.waiting(), now.max(), Optional.empty());
    }

    @Override
    public void evict() {
        redis.evictPool();
    }
}

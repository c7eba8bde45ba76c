package dev.mooring.spring.postgres;

import dev.mooring.postgres.PoolStatistics;
import dev.mooring.postgres.Postgres;
import dev.mooring.spring.pool.ConnectionPool;
import dev.mooring.spring.pool.PoolFigures;
import java.util.Optional;

/** The pool of one supervised database. */
record DatabasePool(Postgres postgres) implements ConnectionPool {
    @Override
    public String dependency() {
        return postgres.dependency().name();
    }

    @Override
    public PoolFigures figures() {
        PoolStatistics now = postgres.pool();
        return new PoolFigures(now.active(), now.idle(), now.waiting(), now.max(), Optional.of(now.acquire()));
    }

    @Override
    public void evict() {
        postgres.evictPool();
    }
}

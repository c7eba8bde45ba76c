package dev.mooring.operations.pools;

import dev.mooring.spring.body.Answer;
import dev.mooring.spring.pool.ConnectionPool;
import dev.mooring.spring.pool.PoolFigures;
import org.jspecify.annotations.Nullable;

/**
 * A connection pool of this instance as operators see it.
 *
 * @param dependency the name of its dependency
 * @param active connections in use
 * @param idle connections ready
 * @param waiting callers that wait for a connection
 * @param max most connections that the pool opens
 * @param acquireMs a moving average of the recent waits for a connection; null where the pool does not measure it
 * @param evicted in the answer to an eviction: how many connections were given up; otherwise null
 * @param fleet in the answer to an eviction: false, because only the instance that answers gives up its connections; otherwise null
 */
@Answer
record PoolStatus(
        String dependency,
        int active,
        int idle,
        int waiting,
        int max,
        @Nullable Double acquireMs,
        @Nullable Integer evicted,
        @Nullable Boolean fleet) {

    static PoolStatus of(ConnectionPool pool) {
        PoolFigures now = pool.figures();
        return new PoolStatus(
                pool.dependency(),
                now.active(),
                now.idle(),
                now.waiting(),
                now.max(),
                now.acquireMillis().orElse(null),
                null,
                null);
    }

    PoolStatus afterEviction(int count) {
        return new PoolStatus(dependency, active, idle, waiting, max, acquireMs, count, false);
    }
}

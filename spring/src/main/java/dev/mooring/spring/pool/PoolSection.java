package dev.mooring.spring.pool;

import dev.mooring.spring.health.DetailSection;
import dev.mooring.spring.json.JsonObject;
import java.util.List;

/** The member {@code pools} of {@code /health/detailed}: the present figures of each connection pool. */
final class PoolSection implements DetailSection {
    private final List<ConnectionPools> all;

    PoolSection(List<ConnectionPools> all) {
        this.all = all;
    }

    @Override
    public String name() {
        return "pools";
    }

    @Override
    public JsonObject read() {
        return new JsonObject()
                .each(
                        all.stream().flatMap(some -> some.pools().stream()),
                        (json, one) -> json.put(one.dependency(), pool(one.figures())));
    }

    private static JsonObject pool(PoolFigures pool) {
        return new JsonObject()
                .put("active", pool.active())
                .put("idle", pool.idle())
                .put("waiting", pool.waiting())
                .put("max", pool.max())
                .put("acquire_ms", pool.acquireMillis());
    }
}

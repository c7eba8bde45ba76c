package dev.mooring.spring.postgres;

import dev.mooring.postgres.PoolStatistics;
import dev.mooring.spring.health.DetailSection;
import dev.mooring.spring.json.JsonObject;

/** The member {@code pools} of {@code /health/detailed}: the present figures of each connection pool. */
final class PoolSection implements DetailSection {
    private final Databases databases;

    PoolSection(Databases databases) {
        this.databases = databases;
    }

    @Override
    public String name() {
        return "pools";
    }

    @Override
    public JsonObject read() {
        return new JsonObject()
                .each(
                        databases.postgres().stream(),
                        (all, one) -> all.put(one.dependency().name(), pool(one.pool())));
    }

    private static JsonObject pool(PoolStatistics pool) {
        return new JsonObject()
                .put("active", pool.active())
                .put("idle", pool.idle())
                .put("waiting", pool.waiting())
                .put("max", pool.max())
                .put("acquire_ms", Math.round(pool.acquire().toNanos() / 10_000.0) / 100.0);
    }
}

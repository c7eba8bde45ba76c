package dev.mooring.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.pool.HikariPool;
import dev.mooring.postgres.connect.ConnectionSource;
import dev.mooring.postgres.settings.PoolSize;
import dev.mooring.postgres.settings.PostgresSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** HikariCP over the {@link ConnectionSource}. Thread-safe. */
final class Pool implements AutoCloseable {
    /** HikariCP does not cut it to the rest of the acquire time, so it must be short. */
    private static final Duration VALIDATION = Duration.ofSeconds(1);

    private static final Duration KEEP_ALIVE = Duration.ofMinutes(2);

    private final HikariDataSource hikari;

    /** A pool that starts to fill when the source admits it. {@code hint} runs when a connection broke; it must not block. */
    Pool(PostgresSettings settings, ConnectionSource source, Runnable hint) {
        HikariConfig config = new HikariConfig();
        PoolSize size = settings.pool();
        config.setPoolName("mooring-" + settings.name());
        config.setDataSource(source);
        config.setInitializationFailTimeout(-1);
        config.setMinimumIdle(size.min());
        config.setMaximumPoolSize(size.max());
        config.setMaxLifetime(size.maxLifetime().toMillis());
        if (size.min() < size.max() && size.idleTimeout().compareTo(size.maxLifetime()) < 0) {
            config.setIdleTimeout(size.idleTimeout().toMillis());
        } else {
            config.setIdleTimeout(0);
        }
        config.setKeepaliveTime(KEEP_ALIVE.compareTo(size.maxLifetime()) < 0 ? KEEP_ALIVE.toMillis() : 0);
        config.setLeakDetectionThreshold(
                size.leakDetection().map(Duration::toMillis).orElse(0L));
        config.setConnectionTimeout(settings.limits().acquire().toMillis());
        config.setValidationTimeout(
                Math.min(VALIDATION.toMillis(), settings.limits().acquire().toMillis()));
        config.setExceptionOverride(new BrokenConnectionHint(hint));
        hikari = new HikariDataSource(config);
    }

    /** A connection within {@code limit}; HikariCP's own {@code getConnection()} has one limit for all callers. */
    Connection borrow(Duration limit) throws SQLException {
        HikariPoolMXBean pool = hikari.getHikariPoolMXBean();
        long millis = Math.max(1, limit.toMillis());
        return pool instanceof HikariPool own ? own.getConnection(millis) : hikari.getConnection();
    }

    /** Closes idle connections now, and those in use when their callers give them back. */
    void evict() {
        HikariPoolMXBean pool = hikari.getHikariPoolMXBean();
        if (pool != null) {
            pool.softEvictConnections();
        }
    }

    int active() {
        return hikari.getHikariPoolMXBean().getActiveConnections();
    }

    int idle() {
        return hikari.getHikariPoolMXBean().getIdleConnections();
    }

    int waiting() {
        return hikari.getHikariPoolMXBean().getThreadsAwaitingConnection();
    }

    int max() {
        return hikari.getMaximumPoolSize();
    }

    HikariDataSource hikari() {
        return hikari;
    }

    @Override
    public void close() {
        hikari.close();
    }
}

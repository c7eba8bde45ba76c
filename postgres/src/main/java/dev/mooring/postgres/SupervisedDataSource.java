package dev.mooring.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.metrics.MetricsTrackerFactory;
import com.zaxxer.hikari.pool.HikariPool;
import com.zaxxer.hikari.util.Credentials;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The pool as the application sees it: a {@link HikariDataSource} whose connections {@link Callers} give out. Thread-safe.
 *
 * <p>User and password that are set here at run time go to the configuration that the pool was made from, which every log-in asks.
 */
final class SupervisedDataSource extends HikariDataSource {
    private final HikariConfig given;
    private final PoolMetrics metrics;
    private final Places places;
    /** False while HikariCP's constructor runs, which may call setters. Written once, by the constructor. */
    private final boolean constructed;

    /** Gives connections to callers. Written once, when the database is complete. */
    private volatile @Nullable Callers callers;

    /** Closes all that belongs to the database. Written once, when the database is complete. */
    private volatile @Nullable Runnable end;

    /**
     * A pool that starts to fill when its source admits it.
     *
     * @param complete its configuration
     * @param given what the application configured
     * @param metrics what the metrics of {@code complete} report to
     */
    SupervisedDataSource(HikariConfig complete, HikariConfig given, PoolMetrics metrics) {
        super(complete);
        this.given = given;
        this.metrics = metrics;
        this.places = new Places(getMaximumPoolSize());
        metrics.count(places::waiting);
        this.constructed = true;
    }

    /** The places of its callers. */
    Places places() {
        return places;
    }

    PoolMetrics metrics() {
        return metrics;
    }

    /** Completes the pool. {@code whatEnds} runs when the application closes the pool; it closes the pool too. */
    void serve(Callers whoGive, Runnable whatEnds) {
        callers = whoGive;
        end = whatEnds;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Callers present = callers;
        if (present == null || isClosed()) {
            throw new SQLNonTransientConnectionException(this + " is closed", "08003");
        }
        return present.connection();
    }

    /** A pooled connection within {@code limit}; HikariCP's own {@code getConnection()} has one limit for all callers. */
    Connection borrow(Duration limit) throws SQLException {
        long millis = Math.max(1, limit.toMillis());
        HikariPoolMXBean pool = getHikariPoolMXBean();
        return pool instanceof HikariPool own ? own.getConnection(millis) : super.getConnection();
    }

    /** Closes idle connections now, and those in use when their callers give them back. */
    void evict() {
        getHikariPoolMXBean().softEvictConnections();
    }

    int active() {
        return getHikariPoolMXBean().getActiveConnections();
    }

    int idle() {
        return getHikariPoolMXBean().getIdleConnections();
    }

    int waiting() {
        return getHikariPoolMXBean().getThreadsAwaitingConnection();
    }

    @Override
    public void evictConnection(Connection connection) {
        super.evictConnection(Checkout.pooled(connection));
    }

    @Override
    public void setMetricsTrackerFactory(MetricsTrackerFactory factory) {
        super.setMetricsTrackerFactory(constructed ? metrics.around(factory) : factory);
    }

    @Override
    public void setMetricRegistry(Object registry) {
        PoolMetrics.of(registry)
                .filter(known -> constructed)
                .ifPresentOrElse(this::setMetricsTrackerFactory, () -> super.setMetricRegistry(registry));
    }

    @Override
    public void setMaximumPoolSize(int size) {
        super.setMaximumPoolSize(size);
        if (constructed) {
            places.resize(size);
        }
    }

    @Override
    public void setUsername(String username) {
        super.setUsername(username);
        if (constructed) {
            given.setUsername(username);
        }
    }

    @Override
    public void setPassword(String password) {
        super.setPassword(password);
        if (constructed) {
            given.setPassword(password);
        }
    }

    @Override
    public void setCredentials(Credentials credentials) {
        super.setCredentials(credentials);
        if (constructed) {
            given.setCredentials(credentials);
        }
    }

    /** Closes the pool, and all that belongs to its database: the probe's session, start tasks, threads. */
    @Override
    public void close() {
        Runnable all = end;
        if (all == null) {
            super.close();
        } else {
            all.run();
        }
    }

    /** Closes the pool alone. */
    void closePool() {
        super.close();
    }
}

package dev.mooring.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.metrics.IMetricsTracker;
import com.zaxxer.hikari.metrics.MetricsTrackerFactory;
import com.zaxxer.hikari.metrics.PoolStats;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The application's own metrics of the pool. Callers wait before they reach HikariCP, in parts, so HikariCP's own count of waiting callers,
 * its times and its count of timeouts would be wrong: {@link Callers} reports them here. Thread-safe.
 */
final class PoolMetrics {
    private static final Logger LOG = LoggerFactory.getLogger(PoolMetrics.class);
    private static final List<String> KNOWN = List.of(
            "com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory",
            "com.zaxxer.hikari.metrics.dropwizard.CodahaleMetricsTrackerFactory");

    /** Counts the callers that wait and have not reached HikariCP. Written once, when the database is complete. */
    private volatile IntSupplier waiting = () -> 0;

    /** What the application's metrics take records with; null without metrics. Volatile: metrics may come at run time. */
    private volatile @Nullable IMetricsTracker application;

    void count(IntSupplier callersThatWait) {
        waiting = callersThatWait;
    }

    /** Makes the metrics that {@code config} names take the records of this object too. */
    void into(HikariConfig config) {
        MetricsTrackerFactory factory = config.getMetricsTrackerFactory();
        if (factory != null) {
            config.setMetricsTrackerFactory(around(factory));
        } else if (config.getMetricRegistry() != null) {
            of(config.getMetricRegistry()).map(this::around).ifPresent(config::setMetricsTrackerFactory);
        }
    }

    /** The same metrics with the records of this object. */
    MetricsTrackerFactory around(MetricsTrackerFactory factory) {
        return (poolName, statistics) -> {
            IMetricsTracker tracker = factory.create(poolName, new All(statistics));
            application = tracker;
            return new Records(tracker);
        };
    }

    /** The metrics that HikariCP makes of a registry; empty for one that it does not know. */
    static Optional<MetricsTrackerFactory> of(Object registry) {
        for (String known : KNOWN) {
            try {
                for (Constructor<?> one : Class.forName(known).getConstructors()) {
                    if (one.getParameterCount() == 1 && one.getParameterTypes()[0].isInstance(registry)) {
                        return Optional.of((MetricsTrackerFactory) one.newInstance(registry));
                    }
                }
            } catch (ReflectiveOperationException | LinkageError notOnTheClassPath) {
                LOG.debug("{} is no registry for {}", registry, known, notOnTheClassPath);
            }
        }
        return Optional.empty();
    }

    /** A caller got its connection after that many nanoseconds. */
    void acquired(long nanos) {
        IMetricsTracker present = application;
        if (present != null) {
            present.recordConnectionAcquiredNanos(nanos);
        }
    }

    /** A caller waited in vain. */
    void timedOut(long nanos) {
        IMetricsTracker present = application;
        if (present != null) {
            present.recordConnectionAcquiredNanos(nanos);
            present.recordConnectionTimeout();
        }
    }

    /** HikariCP's records without those that {@link Callers} makes. */
    private record Records(IMetricsTracker application) implements IMetricsTracker {
        @Override
        public void recordConnectionCreatedMillis(long millis) {
            application.recordConnectionCreatedMillis(millis);
        }

        @Override
        public void recordConnectionUsageMillis(long millis) {
            application.recordConnectionUsageMillis(millis);
        }

        @Override
        public void close() {
            application.close();
        }
    }

    /** HikariCP's numbers, and the callers that have not reached it. */
    private final class All extends PoolStats {
        private final PoolStats hikari;

        All(PoolStats hikari) {
            super(0);
            this.hikari = hikari;
        }

        @Override
        protected void update() {
            totalConnections = hikari.getTotalConnections();
            idleConnections = hikari.getIdleConnections();
            activeConnections = hikari.getActiveConnections();
            pendingThreads = hikari.getPendingThreads() + waiting.getAsInt();
            maxConnections = hikari.getMaxConnections();
            minConnections = hikari.getMinConnections();
        }
    }
}

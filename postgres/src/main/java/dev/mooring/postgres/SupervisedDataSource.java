package dev.mooring.postgres;

import dev.mooring.Dependency;
import dev.mooring.breaker.Bulkhead;
import dev.mooring.breaker.DependencySaturatedException;
import dev.mooring.breaker.MooringException;
import dev.mooring.breaker.Permit;
import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import dev.mooring.postgres.connect.ConnectionSource;
import dev.mooring.postgres.connect.ConnectionsOnly;
import dev.mooring.probe.Finding;
import dev.mooring.time.Deadline;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * The pool as the application sees it: refuses at once while the database is down, lets no more callers wait than there are
 * connections, and reports one outcome for each connection that was taken. Thread-safe.
 */
final class SupervisedDataSource extends ConnectionsOnly {
    /** Unable to connect. */
    private static final String STATE = "08001";

    private static final Duration SATURATION_HOLDS = Duration.ofSeconds(10);

    private final Dependency dependency;
    private final ConnectionSource source;
    private final Pool pool;
    private final Bulkhead bulkhead;
    private final Duration acquireLimit;
    private final CallFindings findings;
    private final StatementLimits limits;
    private final MovingAverage acquireTime = new MovingAverage();

    SupervisedDataSource(
            Dependency dependency,
            ConnectionSource source,
            Pool pool,
            Bulkhead bulkhead,
            CallFindings findings,
            StatementLimits limits) {
        this.dependency = dependency;
        this.source = source;
        this.pool = pool;
        this.bulkhead = bulkhead;
        this.acquireLimit = bulkhead.limits().patience();
        this.findings = findings;
        this.limits = limits;
    }

    @Override
    public Connection getConnection() throws SQLException {
        long begun = System.nanoTime();
        Duration limit = Deadline.cut(acquireLimit);
        try {
            dependency.breaker().refuseIfOpen();
            bulkhead.enter();
        } catch (MooringException refused) {
            throw refused(refused);
        }
        boolean handedOut = false;
        try {
            Connection connection = checkOut(dependency.acquire(), begun, limit);
            handedOut = true;
            return connection;
        } catch (MooringException refused) {
            throw refused(refused);
        } finally {
            if (!handedOut) {
                bulkhead.leave();
            }
        }
    }

    private Connection checkOut(Permit permit, long begun, Duration limit) throws SQLException {
        long admitted = dependency.timer().begin();
        Connection pooled;
        try {
            pooled = borrow(begun, limit);
        } catch (SQLException failed) {
            dependency.timer().ended(admitted);
            throw notBorrowed(permit, failed, limit);
        }
        acquireTime.add(System.nanoTime() - begun);
        Runnable end = () -> {
            bulkhead.leave();
            dependency.timer().ended(admitted);
        };
        return new Checkout(pooled, permit, dependency, findings, limits, end).connection();
    }

    /** A connection whose limits are those of the caller; one that breaks while they are set is replaced. */
    private Connection borrow(long begun, Duration limit) throws SQLException {
        while (true) {
            Connection pooled = pool.borrow(limit.minusNanos(System.nanoTime() - begun));
            try {
                limits.apply(pooled);
                return pooled;
            } catch (SQLException broken) {
                pooled.close();
                if (System.nanoTime() - begun >= limit.toNanos()) {
                    throw broken;
                }
            }
        }
    }

    private SQLException notBorrowed(Permit permit, SQLException failed, Duration limit) {
        SQLException cause = source.poolFailure().orElse(null);
        if (cause != null) {
            Failure.of(cause, dependency.classifier(), Instant.now()).ifPresentOrElse(permit::failure, permit::ignore);
            return new SQLTransientConnectionException(cause.getMessage(), STATE, cause);
        }
        String waited = String.format(
                Locale.ROOT,
                "%d of %d connections are in use, %d calls wait; none came free in %.1f s.",
                pool.active(),
                pool.max(),
                waiting(),
                limit.toNanos() / 1e9);
        if (pool.active() < pool.max()) {
            permit.failure(new Failure(
                    FailureKind.RESPONSE_TIMEOUT, "a new connection is not there yet: " + waited, Instant.now()));
            return new SQLTransientConnectionException(
                    dependency.name() + " gives no new connection: " + waited, STATE, failed);
        }
        permit.ignore();
        return refused(
                new DependencySaturatedException(dependency.name(), dependency.name() + " is saturated: " + waited));
    }

    private SQLException refused(MooringException refused) {
        if (refused instanceof DependencySaturatedException) {
            dependency.note(
                    new Finding(FailureKind.SATURATED, "the connection pool is full: " + refused.getMessage()),
                    SATURATION_HOLDS);
        }
        return new SQLTransientConnectionException(refused.getMessage(), STATE, refused);
    }

    PoolStatistics statistics() {
        return new PoolStatistics(pool.active(), pool.idle(), waiting(), pool.max(), acquireTime.get());
    }

    private int waiting() {
        return bulkhead.waiting() + pool.waiting();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type.isInstance(this) ? type.cast(this) : pool.hikari().unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this) || pool.hikari().isWrapperFor(type);
    }
}

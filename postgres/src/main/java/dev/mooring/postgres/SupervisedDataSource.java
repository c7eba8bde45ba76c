package dev.mooring.postgres;

import dev.mooring.Dependency;
import dev.mooring.Ticket;
import dev.mooring.breaker.DependencySaturatedException;
import dev.mooring.breaker.MooringException;
import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import dev.mooring.postgres.connect.ConnectionSource;
import dev.mooring.postgres.connect.ConnectionsOnly;
import dev.mooring.probe.Finding;
import dev.mooring.time.Deadline;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * The pool as the application sees it. It refuses at once while the database is down, lets at most as many callers wait as there are
 * connections, and reports one outcome for each connection that it gave out. Thread-safe.
 */
final class SupervisedDataSource extends ConnectionsOnly {
    /** The SQLSTATE for: unable to connect. */
    private static final String STATE = "08001";

    private static final Duration SATURATION_HOLDS = Duration.ofSeconds(10);

    private final Dependency dependency;
    private final ConnectionSource source;
    private final Pool pool;
    private final Duration acquireLimit;
    private final CallFindings findings;
    private final StatementLimits limits;
    private final MovingAverage acquireTime = new MovingAverage();

    SupervisedDataSource(
            Dependency dependency, ConnectionSource source, Pool pool, CallFindings findings, StatementLimits limits) {
        this.dependency = dependency;
        this.source = source;
        this.pool = pool;
        this.acquireLimit = dependency.bulkhead().limits().patience();
        this.findings = findings;
        this.limits = limits;
    }

    @Override
    public Connection getConnection() throws SQLException {
        long begun = System.nanoTime();
        Duration limit = Deadline.cut(acquireLimit);
        if (limit.isZero()) {
            throw StatementLimits.timeUsedUp();
        }
        Ticket ticket;
        try {
            ticket = dependency.begin();
        } catch (MooringException refused) {
            throw refused(refused);
        }
        try {
            return checkOut(ticket, begun, limit);
        } catch (Throwable failed) {
            ticket.close();
            throw failed;
        }
    }

    private Connection checkOut(Ticket ticket, long begun, Duration limit) throws SQLException {
        Connection pooled;
        try {
            pooled = borrow(begun, limit);
        } catch (SQLException failed) {
            throw notBorrowed(ticket, failed, limit);
        }
        acquireTime.add(System.nanoTime() - begun);
        return new Checkout(pooled, ticket, dependency, findings, limits).connection();
    }

    /** A pooled connection with the caller's limits. One that breaks while they are set is replaced by another. */
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

    /**
     * The exception for a caller that gets no connection. Two cases are evidence against the database: the pool's last log-in failed, or a
     * pool that is not full gave no connection within the whole acquire limit. A caller with less time than that proves nothing.
     */
    private SQLException notBorrowed(Ticket ticket, SQLException failed, Duration limit) {
        if (failed instanceof SQLTimeoutException timeUsedUp) {
            return timeUsedUp;
        }
        SQLException cause = source.poolFailure().orElse(null);
        if (cause != null) {
            ticket.failed(cause);
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
            if (limit.compareTo(acquireLimit) >= 0) {
                ticket.failed(new Failure(
                        FailureKind.RESPONSE_TIMEOUT, "a new connection is not there yet: " + waited, Instant.now()));
            }
            return new SQLTransientConnectionException(
                    dependency.name() + " gives no new connection: " + waited, STATE, failed);
        }
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
        return dependency.bulkhead().waiting() + pool.waiting();
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

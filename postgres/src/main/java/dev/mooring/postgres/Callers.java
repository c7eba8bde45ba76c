package dev.mooring.postgres;

import dev.mooring.Dependency;
import dev.mooring.breaker.BreakerState;
import dev.mooring.breaker.DependencySaturatedException;
import dev.mooring.breaker.MooringException;
import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import dev.mooring.postgres.connect.ConnectionSource;
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
 * Gives pooled connections to callers. It refuses at once while the database is down, lets callers wait while it is well, and reports one
 * outcome for each connection that it gave out. Thread-safe.
 */
final class Callers {
    /** The SQLSTATE for: unable to connect. */
    private static final String STATE = "08001";

    private static final Duration SATURATION_HOLDS = Duration.ofSeconds(10);

    private final Dependency dependency;
    private final ConnectionSource source;
    private final SupervisedDataSource pool;
    private final StartConnections startConnections;
    private final CallFindings findings;
    private final StatementLimits limits;
    private final Places places;
    private final MovingAverage acquireTime = new MovingAverage();

    Callers(
            Dependency dependency,
            ConnectionSource source,
            SupervisedDataSource pool,
            StartConnections startConnections,
            CallFindings findings,
            StatementLimits limits) {
        this.dependency = dependency;
        this.source = source;
        this.pool = pool;
        this.startConnections = startConnections;
        this.findings = findings;
        this.limits = limits;
        this.places = pool.places();
    }

    /** A connection for the calling thread. */
    Connection connection() throws SQLException {
        if (startConnections.areForThisThread()) {
            return startConnections.getConnection();
        }
        Duration acquire = Duration.ofMillis(pool.getConnectionTimeout());
        Duration limit = Deadline.cut(acquire);
        if (limit.isZero()) {
            throw StatementLimits.timeUsedUp();
        }
        AcquireWait wait = new AcquireWait(dependency, limit);
        Turn turn = begin(wait, limit);
        try {
            return checkOut(turn, wait, limit.compareTo(acquire) >= 0);
        } catch (Throwable failed) {
            turn.close();
            throw failed;
        }
    }

    private Turn begin(AcquireWait wait, Duration limit) throws SQLException {
        try {
            boolean unused = dependency.awaitContact(limit);
            takePlace(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException(
                    "interrupted while waiting for a connection to " + dependency.name(), STATE, e);
        } catch (MooringException | IllegalStateException refused) {
            throw refused(refused);
        }
        try {
            return new Turn(dependency, places, dependency.acquire());
        } catch (MooringException | IllegalStateException refused) {
            places.giveBack();
            throw refused(refused);
        }
    }

    /** @throws IllegalStateException supervision has not begun */
    private void takePlace(AcquireWait wait) throws SQLException, InterruptedException {
        dependency.breaker().refuseIfOpen();
        if (places.areCrowded()) {
            throw noneCameFree(wait);
        }
        while (!places.take(wait.part())) {
            dependency.breaker().refuseIfOpen();
            if (wait.isOver()) {
                throw noneCameFree(wait);
            }
        }
    }

    private Connection checkOut(Turn turn, AcquireWait wait, boolean hasWholeLimit) throws SQLException {
        Connection pooled;
        try {
            pooled = borrow(wait);
        } catch (SQLException failed) {
            throw notBorrowed(turn, failed, wait, hasWholeLimit);
        }
        long passed = wait.passed();
        acquireTime.add(passed);
        pool.metrics().acquired(passed);
        return new Checkout(pooled, turn, dependency, findings, limits).connection();
    }

    /** A pooled connection with the caller's limits. One that breaks while they are set is replaced by another. */
    private Connection borrow(AcquireWait wait) throws SQLException {
        while (true) {
            try {
                return limited(pool.borrow(wait.part()));
            } catch (SQLException failed) {
                if (failed instanceof SQLTimeoutException
                        || Thread.currentThread().isInterrupted()
                        || pool.isClosed()
                        || wait.isOver()
                        || dependency.breaker().view().state() == BreakerState.OPEN) {
                    throw failed;
                }
            }
        }
    }

    private Connection limited(Connection pooled) throws SQLException {
        try {
            limits.apply(pooled);
            return pooled;
        } catch (SQLException broken) {
            pooled.close();
            throw broken;
        }
    }

    /**
     * The exception for a caller that gets no connection. Two cases are evidence against the database: the pool's last log-in failed, or a
     * pool that is not full gave no connection as long as a caller waits at most. A caller with less time than that proves nothing.
     */
    private SQLException notBorrowed(Turn turn, SQLException failed, AcquireWait wait, boolean hasWholeLimit) {
        if (failed instanceof SQLTimeoutException timeUsedUp) {
            return timeUsedUp;
        }
        SQLException cause = source.poolFailure().orElse(null);
        if (cause != null) {
            turn.failed(cause);
            return new SQLTransientConnectionException(cause.getMessage(), STATE, cause);
        }
        if (pool.active() >= pool.getMaximumPoolSize()) {
            return noneCameFree(wait);
        }
        pool.metrics().timedOut(wait.passed());
        String waited = waited(wait);
        if (wait.isInDoubt() || (hasWholeLimit && wait.isLimitOver())) {
            turn.failed(new Failure(
                    FailureKind.RESPONSE_TIMEOUT, "a new connection is not there yet: " + waited, Instant.now()));
        }
        return new SQLTransientConnectionException(
                dependency.name() + " gives no new connection: " + waited, STATE, failed);
    }

    private SQLException noneCameFree(AcquireWait wait) {
        pool.metrics().timedOut(wait.passed());
        String waited = waited(wait);
        if (wait.isInDoubt()) {
            // The connections in use may hang: that is no load problem.
            String message = dependency.name() + " may be lost, a probe failed or waits for its answer: " + waited;
            return refused(new DependencySaturatedException(dependency.name(), message));
        }
        String message = dependency.name() + " is saturated: " + waited;
        dependency.note(
                new Finding(FailureKind.SATURATED, "the connection pool is full: " + message), SATURATION_HOLDS);
        return refused(new DependencySaturatedException(dependency.name(), message));
    }

    private String waited(AcquireWait wait) {
        return String.format(
                Locale.ROOT,
                "%d of %d connections are in use, %d calls wait; none came free in %.1f s.",
                pool.active(),
                pool.getMaximumPoolSize(),
                waiting(),
                wait.passed() / 1e9);
    }

    private static SQLException refused(RuntimeException refused) {
        return new SQLTransientConnectionException(refused.getMessage(), STATE, refused);
    }

    PoolStatistics statistics() {
        return new PoolStatistics(pool.active(), pool.idle(), waiting(), pool.getMaximumPoolSize(), acquireTime.get());
    }

    private int waiting() {
        return places.waiting() + pool.waiting();
    }
}

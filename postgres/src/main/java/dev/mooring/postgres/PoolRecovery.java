package dev.mooring.postgres;

import dev.mooring.breaker.BreakerState;
import dev.mooring.postgres.connect.ConnectionSource;
import dev.mooring.postgres.connect.Feedback;
import dev.mooring.postgres.connect.Purpose;
import dev.mooring.probe.Recovery;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Empties the pool at the begin of an outage and tests it at the end. When the breaker opens, all connections close, also those in which a
 * call hangs; otherwise calls to a server that never answers would keep their places in the pool. Before the breaker admits calls again,
 * one pooled connection must work. Thread-safe.
 */
final class PoolRecovery implements Recovery {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final ConnectionSource source;
    private final SupervisedDataSource pool;
    private final PostgresProbe probe;
    private final Feedback feedback;

    PoolRecovery(ConnectionSource source, SupervisedDataSource pool, PostgresProbe probe, Feedback feedback) {
        this.source = source;
        this.pool = pool;
        this.probe = probe;
        this.feedback = feedback;
    }

    /**
     * Runs on a thread of its own, perhaps late: it does nothing unless the breaker is still open. The lock keeps it apart from
     * {@link #verify}.
     */
    @Override
    public synchronized void opened() {
        if (feedback.state() != BreakerState.OPEN) {
            return;
        }
        source.holdPool();
        source.closeSockets(Purpose.START_TASK);
        source.closeSockets(Purpose.POOL);
        pool.evict();
        probe.dropSession();
    }

    @Override
    public void verify() throws SQLException {
        admit();
        try (Connection connection = pool.borrow(PATIENCE);
                Statement statement = connection.createStatement()) {
            connection.setNetworkTimeout(Runnable::run, (int) PATIENCE.toMillis());
            statement.execute("select 1");
            if (!connection.getAutoCommit()) {
                // HikariCP rolls back what is open, and with it what the pool has just set for the session.
                connection.commit();
            }
        } catch (SQLException failed) {
            source.holdPool();
            throw source.poolFailure().orElse(failed);
        }
    }

    private synchronized void admit() {
        source.admitPool();
    }
}

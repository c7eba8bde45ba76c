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
 * The pool around an outage: when the dependency is told down, its connections are given up, those that hang included, so that no
 * place in the pool is held by a call to a server that will never answer; before calls are let in again one pooled connection has to
 * work. Thread-safe.
 */
final class PoolRecovery implements Recovery {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final ConnectionSource source;
    private final Pool pool;
    private final PostgresProbe probe;
    private final Feedback feedback;

    PoolRecovery(ConnectionSource source, Pool pool, PostgresProbe probe, Feedback feedback) {
        this.source = source;
        this.pool = pool;
        this.probe = probe;
        this.feedback = feedback;
    }

    /** Comes on a thread of its own, perhaps late: what recovers already is left alone. The lock keeps it apart from a verification. */
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
        } catch (SQLException failed) {
            source.holdPool();
            throw source.poolFailure().orElse(failed);
        }
    }

    private synchronized void admit() {
        source.admitPool();
    }
}

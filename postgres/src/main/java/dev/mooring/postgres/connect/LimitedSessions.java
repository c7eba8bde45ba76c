package dev.mooring.postgres.connect;

import dev.mooring.postgres.settings.PostgresSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Sessions with the limits of our settings, where they have a server process of their own. Thread-safe. */
final class LimitedSessions implements Sessions {
    private final boolean readCommitted;
    private final Backends backends;
    private final SessionLimits limits;

    /** {@code readCommitted}: whether sessions of the pool ask for isolation level read committed. */
    LimitedSessions(PostgresSettings settings, boolean readCommitted) {
        this.readCommitted = readCommitted;
        this.backends = new Backends(settings);
        this.limits = new SessionLimits(settings.name(), settings.limits().statement(), settings.keepAlive());
    }

    @Override
    public void preparePooled(Connection session) throws SQLException {
        prepare(session, readCommitted);
    }

    @Override
    public void prepareControl(Connection session) throws SQLException {
        prepare(session, true);
    }

    private void prepare(Connection session, boolean committedOnly) throws SQLException {
        if (backends.isOwn(session)) {
            limits.apply(session, committedOnly);
        }
    }

    @Override
    public void prepareStartTask(Connection session, Opener another) throws SQLException {
        backends.requireSession(session, another);
        limits.lift(session);
        session.setNetworkTimeout(Runnable::run, 0);
    }

    @Override
    public boolean arePooled() {
        return backends.arePooled();
    }

    @Override
    public boolean foundPooler() {
        return backends.foundPooler();
    }

    @Override
    public void limitStatements(Connection session, Duration limit) throws SQLException {
        SessionLimits.change(session, limit);
    }
}

package dev.mooring.postgres;

import dev.mooring.postgres.connect.ConnectionSource;
import dev.mooring.time.Deadline;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/**
 * Cuts the limits of a pooled connection to what is left of the caller's time: the server's own limit ends a statement first, the
 * network's limit frees the thread when the server does not answer at all.
 *
 * <p>The server's limit costs a round trip, so it is set for the session, in steps, and only when it changes: callers with the same
 * request timeout find it as they need it. The network's limit is a local call, made before each statement. Thread-safe.
 */
final class StatementLimits {
    private static final long STEP_MILLIS = 250;
    /** By how much the server gives up before the caller does. */
    private static final Duration AHEAD = Duration.ofMillis(500);

    private final ConnectionSource source;
    private final Duration statement;
    private final Duration socket;

    /** What is set for each physical connection, where it is not the standard. Guarded by its own lock. */
    private final Map<Object, Duration> set = Collections.synchronizedMap(new WeakHashMap<>());

    StatementLimits(ConnectionSource source, Duration statement, Duration socket) {
        this.source = source;
        this.statement = statement;
        this.socket = socket;
    }

    /** For a connection that was just taken from the pool. */
    void apply(Connection pooled) throws SQLException {
        Duration wanted = Deadline.current().map(this::cut).orElse(statement);
        Object physical = pooled.unwrap(org.postgresql.PGConnection.class);
        if (!wanted.equals(set.getOrDefault(physical, statement))) {
            beforeStatement(pooled);
            source.limitStatements(pooled, wanted);
            set.put(physical, wanted);
        }
    }

    private Duration cut(Deadline deadline) {
        long left = deadline.left().minus(AHEAD).toMillis();
        long stepped = Math.max(STEP_MILLIS, left / STEP_MILLIS * STEP_MILLIS);
        return Duration.ofMillis(Math.min(stepped, statement.toMillis()));
    }

    /** The caller has no time left: his own limit ended the call, and the database did not hear of it. */
    static SQLTimeoutException timeUsedUp() {
        return new SQLTimeoutException("the caller's time is used up; nothing was sent", "HYT00");
    }

    /** Cuts the network's limit; a caller without a deadline has the whole of it. */
    void beforeStatement(Connection pooled) throws SQLException {
        Optional<Deadline> deadline = Deadline.current();
        if (deadline.isPresent()) {
            long left = deadline.get().left().toMillis();
            if (left <= 0) {
                throw timeUsedUp();
            }
            pooled.setNetworkTimeout(Runnable::run, (int) Math.min(left, socket.toMillis()));
        }
    }
}

package dev.mooring.postgres;

import dev.mooring.postgres.connect.ConnectionSource;
import dev.mooring.time.Deadline;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * Cuts the limits of a pooled connection to the caller's remaining time. The server's own limit ends a statement first; the network's limit
 * frees the thread when the server does not answer at all.
 *
 * <p>To set the server's limit costs a round trip. So it is set for the session, in steps of 250 ms, and only when it changes: callers with
 * the same request timeout share one value. Behind a pooler the session may not keep its
 * server process, so each transaction sets the limit for itself, in one more round trip. To set the network's limit is a local call, made before each statement. Thread-safe.
 */
final class StatementLimits {
    private static final long STEP_MILLIS = 250;
    /** How long before the caller the server gives up. */
    private static final Duration AHEAD = Duration.ofMillis(500);

    private final ConnectionSource source;
    private final Duration statement;
    private final Duration socket;

    /** The limit of each physical connection that once had another one than the standard. Guarded by its own lock. */
    private final Map<Object, Duration> set = Collections.synchronizedMap(new WeakHashMap<>());

    /** The isolation of a transaction behind a pooler whose caller asked for none. */
    private final TransactionIsolation standard;

    StatementLimits(ConnectionSource source, Duration statement, Duration socket, TransactionIsolation standard) {
        this.source = source;
        this.standard = standard;
        this.statement = statement;
        this.socket = socket;
    }

    /**
     * No limits but those of the caller's deadline, for sessions that stay as they are: the driver cancels a statement in time.
     *
     * @param socket the longest wait for an answer; zero where there is no limit
     */
    static StatementLimits asGiven(ConnectionSource source, Duration socket) {
        Duration longest = socket.isZero() ? Duration.ofMillis(Integer.MAX_VALUE) : socket;
        return new StatementLimits(source, Duration.ZERO, longest, TransactionIsolation.UNCHANGED);
    }

    /**
     * Sets the server's limit of a connection that was just taken from the pool. Of a session that stays as it is, only the network's limit:
     * for calls that are no statement and yet wait for an answer, such as the change of the isolation.
     */
    void apply(Connection pooled) throws SQLException {
        if (leaveTheSession()) {
            beforeStatement(pooled);
            return;
        }
        if (arePerTransaction()) {
            return;
        }
        Duration wanted = Deadline.current().map(this::cut).orElse(statement);
        Object physical = pooled.unwrap(org.postgresql.PGConnection.class);
        if (!wanted.equals(set.getOrDefault(physical, statement))) {
            beforeStatement(pooled);
            source.limitStatements(pooled, wanted);
            set.put(physical, wanted);
        }
    }

    private boolean leaveTheSession() {
        return statement.isZero();
    }

    /**
     * The seconds after which the driver cancels a statement that the caller lets run for {@code asked} seconds, where zero means no limit.
     * Another value than {@code asked} only where the session keeps the limits that it has.
     */
    int cancelAfter(int asked) {
        Optional<Deadline> deadline = Deadline.current();
        if (!leaveTheSession() || deadline.isEmpty()) {
            return asked;
        }
        int left = (int) Math.max(1, deadline.get().left().minus(AHEAD).toSeconds());
        return asked == 0 ? left : Math.min(asked, left);
    }

    /** Whether each transaction sets its limits, because the session may not keep its server process. */
    boolean arePerTransaction() {
        return source.isPooled();
    }

    /** The isolation that a transaction begins with where its caller asked for {@code isolation}. */
    TransactionIsolation orStandard(TransactionIsolation isolation) {
        return isolation == TransactionIsolation.UNCHANGED && arePerTransaction() ? standard : isolation;
    }

    /**
     * Begins the transaction with the caller's limits, and with {@code isolation} or the standard one.
     *
     * @return the limit of its statements
     */
    Duration begin(Connection pooled, TransactionIsolation isolation) throws SQLException {
        Duration limit = Deadline.current().map(this::cut).orElse(statement);
        long millis = limit.toMillis();
        try (Statement limits = pooled.createStatement()) {
            limits.execute(orStandard(isolation).sql() + "set local statement_timeout = " + millis
                    + "; set local lock_timeout = " + millis);
        }
        return limit;
    }

    /** The server's limit for statements of this session, which {@link #apply} or the log-in set. */
    Duration ofSession(Connection pooled) {
        try {
            return set.getOrDefault(pooled.unwrap(org.postgresql.PGConnection.class), statement);
        } catch (SQLException closed) {
            return statement;
        }
    }

    static boolean hasBegun(Connection pooled) throws SQLException {
        return pooled.unwrap(BaseConnection.class).getTransactionState() != TransactionState.IDLE;
    }

    private Duration cut(Deadline deadline) {
        long left = deadline.left().minus(AHEAD).toMillis();
        long stepped = Math.max(STEP_MILLIS, left / STEP_MILLIS * STEP_MILLIS);
        return Duration.ofMillis(Math.min(stepped, statement.toMillis()));
    }

    /** The exception for a caller without time left. Its own limit ended the call and the server received nothing, so it is no evidence. */
    static SQLTimeoutException timeUsedUp() {
        return new SQLTimeoutException("the caller's time is used up; nothing was sent", "HYT00");
    }

    /** Cuts the network's limit to the caller's remaining time; without a deadline it stays as it is. */
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

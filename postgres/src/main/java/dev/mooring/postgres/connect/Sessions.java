package dev.mooring.postgres.connect;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** What new sessions get before their first use. An exception means that the session cannot be used; the caller closes it. */
interface Sessions {
    /** Opens another session to the same address. */
    interface Opener {
        Connection open() throws SQLException;
    }

    /** Prepares a session of the pool. */
    void preparePooled(Connection session) throws SQLException;

    /** Prepares the session beside the pool, for work that goes on while the breaker refuses calls. */
    void prepareControl(Connection session) throws SQLException;

    /** Prepares a session of a start task: only a closed socket ends a wait on it. */
    void prepareStartTask(Connection session, Opener another) throws SQLException;

    /** Whether a pooler stands before the server, so that no state may be left in a session. Reads memory. */
    boolean arePooled();

    /** Notes that a connection answered from another server process than its log-in named; returns whether that is news. */
    boolean foundPooler();

    /** Changes the server's limits of a session. */
    void limitStatements(Connection session, Duration limit) throws SQLException;
}

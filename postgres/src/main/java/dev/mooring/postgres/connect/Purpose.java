package dev.mooring.postgres.connect;

/** What a connection is for: sockets are closed by it, and only the pool's log-ins wait at the gate. */
public enum Purpose {
    /** Calls of the application. */
    POOL,
    /** Probes of the supervisor. */
    PROBE,
    /** Somebody who waits for the database before anything is supervised. */
    WAIT,
    /** Start tasks: migrations. They know no statement limit. */
    START_TASK,
    /** The one session beside the pool, for what must go on while calls are refused. */
    CONTROL
}

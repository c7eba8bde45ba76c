package dev.mooring.postgres.connect;

/** The purpose of a connection. Sockets close by purpose, and only the pool's log-ins wait at the gate. */
public enum Purpose {
    /** Calls of the application. */
    POOL,
    /** Probes of the supervisor. */
    PROBE,
    /** A wait for the database at the start, before supervision begins. */
    WAIT,
    /** Start tasks, such as migrations. They have no statement limit. */
    START_TASK,
    /** The one session beside the pool, for work that must go on while the breaker refuses calls. */
    CONTROL
}

package dev.mooring.diagnosis;

import dev.mooring.failure.Coded;

/** The layers between this process and the work that it wants done, from the outside in. A broken layer hides those after it. */
public enum Layer implements Coded {
    /** The host name has addresses. */
    NAME,
    /** An address accepts a connection. */
    TCP,
    /** The connection is encrypted, and the server is the one that it should be. */
    TLS,
    /** The server admits this user. */
    LOG_IN,
    /** The database, or the part of the server that calls use, exists. */
    DATABASE,
    /** The server does what it is asked. */
    QUERY,
    /** The user may do what calls do. */
    RIGHTS,
    /** The settings of server and process fit each other. */
    SETTINGS;

    /** The layer as people read it, for example {@code log-in}. */
    public String words() {
        return code().replace('_', '-');
    }
}

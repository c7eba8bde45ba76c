package dev.mooring.failure;

/**
 * What went wrong, from a closed list.
 *
 * <p>The {@linkplain #code() code} is the one name of a finding everywhere: in log lines, health bodies, problem answers,
 * metrics, alerts and runbook pages. A code is never reused for something else.
 */
public enum FailureKind implements Coded {
    NAME_NOT_RESOLVED(Nature.TRANSIENT, "Check the host name and the DNS server that this process uses."),
    CONNECTION_REFUSED(Nature.TRANSIENT, "Nothing listens there: check host, port and that the server is running."),
    CONNECT_TIMEOUT(
            Nature.TRANSIENT,
            "No answer to the connect: check firewall, security group, network ACL and route, and whether the server hangs."),
    TLS_FAILED(Nature.PERMANENT, "Check that the server offers TLS, the CA bundle, and the name in its certificate."),
    AUTHENTICATION_FAILED(Nature.PERMANENT, "Check user and password; a rotated password must reach this process."),
    DATABASE_MISSING(Nature.PERMANENT, "Create the database, or set the name of one that exists."),
    SCHEMA_MISSING(
            Nature.TRANSIENT,
            "The database answers but lacks tables or columns of this build: check which database it is, and what it was restored from."),
    TOO_MANY_CONNECTIONS(
            Nature.TRANSIENT,
            "Look which limit the message names, of the server, the role or the database: lower the pools of its clients, or raise it."),
    HOST_NOT_ALLOWED(
            Nature.PERMANENT,
            "The server does not admit this process: add what the message names to what the server allows"
                    + " (PostgreSQL: a line in pg_hba.conf, before one that rejects; MLflow: --allowed-hosts)."),
    STARTING_UP(Nature.TRANSIENT, "The server is starting; it will accept connections by itself."),
    SHUTTING_DOWN(Nature.TRANSIENT, "The server is stopping; check who stopped it and whether it comes back."),
    READ_ONLY(
            Nature.TRANSIENT,
            "Writes are refused: check whether the server is a standby or a replica, as after a failover, or is set to read-only."),
    DISK_FULL(Nature.TRANSIENT, "Free or add disk space on the server."),
    OUT_OF_MEMORY(
            Nature.TRANSIENT,
            "The server's memory is full, so it refuses writes: give it more, or check what fills it and its maxmemory-policy."),
    CONNECTION_LOST(
            Nature.TRANSIENT, "An established connection broke: check the server's log and the network between."),
    STATEMENT_TIMEOUT(Nature.TRANSIENT, "A statement ran into its time limit: check slow queries and locks."),
    PERMISSION_DENIED(Nature.PERMANENT, "Grant the user the rights that it lacks."),
    RESPONSE_TIMEOUT(
            Nature.TRANSIENT, "Connected, but no answer in time: check the server's load and whether it hangs."),
    HTTP_ERROR(Nature.TRANSIENT, "The server answered with an error: check its log."),
    PROTOCOL_ERROR(
            Nature.PERMANENT, "The answer was not understood: check that host and port belong to the right server."),
    SATURATED(Nature.TRANSIENT, "Our own pool or bulkhead is full: check slow calls, then the pool's size."),
    UNKNOWN(Nature.TRANSIENT, "Read the message; the failure is not one of the known kinds.");

    /** Whether waiting can help. */
    public enum Nature {
        /** It can pass by itself: worth a retry. */
        TRANSIENT,
        /** A person has to change something: a retry only costs time. */
        PERMANENT
    }

    private final Nature nature;
    private final String hint;

    FailureKind(Nature nature, String hint) {
        this.nature = nature;
        this.hint = hint;
    }

    /** Whether a person has to change something before a retry can succeed. */
    public boolean isPermanent() {
        return nature == Nature.PERMANENT;
    }

    /** What to check, as one sentence for the person who has to fix it. */
    public String hint() {
        return hint;
    }
}

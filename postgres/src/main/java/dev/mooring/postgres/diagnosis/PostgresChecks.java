package dev.mooring.postgres.diagnosis;

import static dev.mooring.diagnosis.Check.fatal;

import dev.mooring.diagnosis.Check;
import dev.mooring.diagnosis.Layer;
import dev.mooring.diagnosis.NetworkChecks;
import dev.mooring.failure.FailureKind;
import java.util.List;
import java.util.stream.Stream;

/** The checks of PostgreSQL up to the log-in; {@link ServerChecks} has those behind it. */
final class PostgresChecks {
    static final NetworkChecks NETWORK =
            NetworkChecks.of("postgres", "PostgreSQL", "DATABASE_HOST", "DATABASE_SSLROOTCERT");

    static final Check ANSWER = fatal(
                    "postgres-answer", Layer.TLS, FailureKind.RESPONSE_TIMEOUT, "The server answers a first question.")
            .cause(
                    "The server hangs: its machine is frozen, out of memory, or its disk does not answer",
                    "look at the processor, memory and disk of its machine; fail over or restart it")
            .cause(
                    "A load balancer or proxy accepts the connection and has no server behind it",
                    "check its list of healthy targets")
            .cause(
                    "A firewall drops packets after the first ones",
                    "capture packets on both sides; check MTU and inspection rules");

    static final Check GREETING = fatal(
                    "postgres-greeting",
                    Layer.TLS,
                    FailureKind.PROTOCOL_ERROR,
                    "The server that listens on the port is PostgreSQL.")
            .cause(
                    "The port belongs to another service",
                    "compare DATABASE_PORT with the port that PostgreSQL listens on")
            .cause("A proxy answers in its place", "look at the proxy's log for the address of its target");

    static final Check HANG_UP = fatal(
                    "postgres-hang-up",
                    Layer.TLS,
                    FailureKind.CONNECTION_LOST,
                    "The server keeps the connection open until it has answered.")
            .cause(
                    "A load balancer or tunnel has no server behind it and closes",
                    "check its targets; connect to the server itself")
            .cause(
                    "The server ends its new processes, because it is out of memory or stops",
                    "read the last lines of the server's log");

    static final Check TLS_OFFERED = fatal(
                    "postgres-tls-offered",
                    Layer.TLS,
                    FailureKind.TLS_FAILED,
                    "The server offers TLS where DATABASE_SSLMODE demands it.")
            .cause(
                    "The server has ssl = off",
                    "set ssl = on with a certificate and reload it (RDS: it is on; check the address)")
            .cause(
                    "The server is one without TLS on purpose, such as one on this machine",
                    "set DATABASE_SSLMODE=prefer if the network between is trusted")
            .cause("A pooler before the server offers no TLS", "switch on client_tls_sslmode in PgBouncer");

    static final Check TLS_DEMANDED = fatal(
                    "postgres-tls-demanded",
                    Layer.LOG_IN,
                    FailureKind.TLS_FAILED,
                    "The server admits this client without TLS where DATABASE_SSLMODE switches it off.")
            .cause(
                    "DATABASE_SSLMODE is disable, and pg_hba.conf (RDS: rds.force_ssl) admits TLS only",
                    "set DATABASE_SSLMODE=require or verify-full");

    static final Check TLS_CLIENT = fatal(
                    "postgres-tls-client",
                    Layer.LOG_IN,
                    FailureKind.TLS_FAILED,
                    "The server and this process accept each other's certificates at the log-in.")
            .cause(
                    "The file of DATABASE_SSLCERT or DATABASE_SSLKEY cannot be used",
                    "check that both belong together and that the password of the key is right")
            .cause(
                    "The server does not know the authority of our certificate",
                    "add it to the server's ssl_ca_file and reload the server",
                    "unknown_ca");

    static final Check PASSWORD = fatal(
                    "postgres-password",
                    Layer.LOG_IN,
                    FailureKind.AUTHENTICATION_FAILED,
                    "The server accepts the user and the password.")
            .cause(
                    "The password was rotated and this process has the old one",
                    "compare the secret's last change with the start of this process; point DATABASE_PASSWORD_FILE to it",
                    "password authentication failed")
            .cause(
                    "DATABASE_USER is not the user that the password belongs to",
                    "psql 'host=HOST port=PORT user=USER dbname=DATABASE' with the values of the first line and the same password",
                    "password authentication failed")
            .cause(
                    "The role has expired or may not log in",
                    "look at VALID UNTIL and LOGIN: \\du in psql",
                    "password authentication failed",
                    "not permitted to log in")
            .cause(
                    "The server has no role of this name",
                    "compare DATABASE_USER with the roles: \\du in psql; create role USER login password '…'",
                    "does not exist",
                    "no such user")
            .cause(
                    "No password is set here, and the server asks for one",
                    "set DATABASE_PASSWORD_FILE",
                    "no password was provided",
                    "password is an empty string")
            .cause(
                    "pg_hba.conf asks for another proof than a password, such as a certificate or a user of the system",
                    "look at the method of its line; set DATABASE_SSLCERT and DATABASE_SSLKEY where it is cert",
                    "peer authentication failed",
                    "ident authentication failed",
                    "certificate authentication failed",
                    "client certificate",
                    "authentication type");

    static final Check AUTH_METHOD = fatal(
                    "postgres-auth-method",
                    Layer.LOG_IN,
                    FailureKind.AUTHENTICATION_FAILED,
                    "The server asks for a way to log in that DATABASE_REQUIRE_AUTH allows.")
            .cause(
                    "pg_hba.conf asks for the password in clear text or as MD5, over a connection without TLS",
                    "set DATABASE_SSLMODE=require, or scram-sha-256 in pg_hba.conf and set the password anew")
            .cause("Another server answers in its place", "compare address and port with the intended server");

    static final Check HBA = fatal(
                    "postgres-hba",
                    Layer.LOG_IN,
                    FailureKind.HOST_NOT_ALLOWED,
                    "The file pg_hba.conf admits this address with this user and database.")
            .cause(
                    "pg_hba.conf has no line for this address, user and database",
                    "add a line with the values of the message; select pg_reload_conf()",
                    "no pg_hba.conf entry")
            .cause(
                    "A line with the method reject comes first for this address, user and database",
                    "find it in pg_hba_file_rules; put a line that admits before it; select pg_reload_conf()",
                    "pg_hba.conf rejects")
            .cause(
                    "This process has a new address, because it moved to another subnet",
                    "admit the subnet instead of one address",
                    "no pg_hba.conf entry");

    static final Check FREE_CONNECTION = fatal(
                    "postgres-free-connection",
                    Layer.LOG_IN,
                    FailureKind.TOO_MANY_CONNECTIONS,
                    "The server has a free connection for this user.")
            .cause(
                    "The pools of all clients together are larger than max_connections",
                    "select usename, application_name, count(*) from pg_stat_activity group by 1, 2; lower DATABASE_POOL_MAX",
                    "too many clients",
                    "connection slots")
            .cause(
                    "The role has a limit of its own, which its connections reached",
                    "\\du in psql shows it; alter role USER connection limit N, or lower DATABASE_POOL_MAX",
                    "too many connections for role")
            .cause(
                    "The database has a limit of its own, which its connections reached",
                    "\\l+ in psql does not show it: select datconnlimit from pg_database; alter database NAME connection limit N",
                    "too many connections for database")
            .cause(
                    "The pooler has a limit of its own",
                    "show pools and show config in the console of PgBouncer; raise max_client_conn or the pool's size",
                    "no more connections",
                    "query_wait_timeout")
            .cause(
                    "Connections hang idle in transaction",
                    "select pid, xact_start, query from pg_stat_activity where state = 'idle in transaction'; end them");

    static final Check STARTED = fatal(
                    "postgres-started",
                    Layer.LOG_IN,
                    FailureKind.STARTING_UP,
                    "The server has started and takes connections.")
            .cause(
                    "The server starts, or recovers after a crash",
                    "wait; its log says how far the recovery is",
                    "starting up",
                    "recovery mode",
                    "not yet accepting")
            .cause(
                    "It is a standby that takes no queries",
                    "set hot_standby = on, or connect to the primary",
                    "is not accepting connections",
                    "hot standby mode is disabled");

    static final Check STAYS = fatal(
                    "postgres-stays", Layer.LOG_IN, FailureKind.SHUTTING_DOWN, "The server does not stop.")
            .cause("An operator or a maintenance window stops or restarts it", "look at its log and events; wait")
            .cause(
                    "A smart shutdown waits for sessions that do not end",
                    "end the sessions, or stop it with a fast shutdown");

    static final Check PRIMARY = fatal(
                    "postgres-primary", Layer.LOG_IN, FailureKind.READ_ONLY, "One of the hosts is the primary.")
            .cause("A failover is going on", "wait a minute; look at the state of the cluster")
            .cause("The new primary is not among the hosts in DATABASE_HOST", "add it");

    static final Check LOG_IN_ANSWER = fatal(
                    "postgres-log-in-answer",
                    Layer.LOG_IN,
                    FailureKind.RESPONSE_TIMEOUT,
                    "The server completes a log-in in time.")
            .cause(
                    "The server is overloaded and starts new processes slowly",
                    "look at its processor and memory, and at the number of its sessions")
            .cause(
                    "The server waits for another one: LDAP, RADIUS or DNS",
                    "look at the method in pg_hba.conf; switch log_hostname off");

    static final Check LOG_IN_LOST = fatal(
                    "postgres-log-in-lost",
                    Layer.LOG_IN,
                    FailureKind.CONNECTION_LOST,
                    "The connection lasts until the log-in is complete.")
            .cause(
                    "The server's process ended or refused our certificate without a word",
                    "read the server's log at this second")
            .cause("A proxy or firewall between cuts the connection", "connect from the server's own network");

    static final Check LOG_IN = fatal("postgres-log-in", Layer.LOG_IN, FailureKind.UNKNOWN, "The log-in succeeds.")
            .cause("The message says more", "read the server's log at this second");

    private PostgresChecks() {}

    static List<Check> all() {
        return Stream.concat(
                        NETWORK.all().stream(),
                        Stream.of(
                                ANSWER,
                                GREETING,
                                HANG_UP,
                                TLS_OFFERED,
                                TLS_DEMANDED,
                                TLS_CLIENT,
                                PASSWORD,
                                AUTH_METHOD,
                                HBA,
                                FREE_CONNECTION,
                                STARTED,
                                STAYS,
                                PRIMARY,
                                LOG_IN_ANSWER,
                                LOG_IN_LOST,
                                LOG_IN))
                .toList();
    }
}

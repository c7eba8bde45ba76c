package dev.mooring.postgres.diagnosis;

import static dev.mooring.diagnosis.Check.fatal;
import static dev.mooring.diagnosis.Check.warning;

import dev.mooring.diagnosis.Check;
import dev.mooring.diagnosis.Layer;
import dev.mooring.failure.FailureKind;
import java.util.List;

/** The checks of PostgreSQL behind the log-in. */
final class ServerChecks {
    static final Check DATABASE = fatal(
                    "postgres-database", Layer.DATABASE, FailureKind.DATABASE_MISSING, "The database exists.")
            .cause("It was never created on this server", "create database NAME owner USER")
            .cause("DATABASE_NAME is misspelled", "compare it with the list of psql -l")
            .cause("DATABASE_HOST names another server than the intended one", "compare the list of databases there");

    static final Check CONNECT_RIGHT = fatal(
                    "postgres-connect-right",
                    Layer.DATABASE,
                    FailureKind.PERMISSION_DENIED,
                    "The user may connect to the database.")
            .cause("The right CONNECT was revoked from public", "grant connect on database NAME to USER");

    static final Check FALLBACK = warning(
                    "postgres-fallback",
                    Layer.DATABASE,
                    FailureKind.DATABASE_MISSING,
                    "The database of the first name is in use, not its fallback.")
            .cause(
                    "The first database does not exist, or has no tables of ours yet",
                    "decide which one holds the data, and set DATABASE_NAME to it");

    static final Check QUERY = fatal(
                    "postgres-query", Layer.QUERY, FailureKind.RESPONSE_TIMEOUT, "The server answers a query in time.")
            .cause(
                    "The server is overloaded",
                    "look at its processor, its disk, and the longest queries in pg_stat_activity")
            .cause("The server hung after the log-in", "look at its machine; fail over or restart it");

    static final Check WRITES = warning(
                    "postgres-writes", Layer.QUERY, FailureKind.READ_ONLY, "The server takes writes.")
            .cause(
                    "A failover happened, and the address still names the old primary, which is a standby now",
                    "point DATABASE_HOST to the writer endpoint; promote a standby if there is no primary",
                    "is a standby")
            .cause(
                    "default_transaction_read_only is on, for example because the disk was full",
                    "show default_transaction_read_only; reset it for server, database and role",
                    "set to read-only");

    static final Check DISK = fatal(
                    "postgres-disk", Layer.QUERY, FailureKind.DISK_FULL, "The server's disk has room for a write.")
            .cause("Tables and logs fill the disk", "add space, or remove what is not needed; df -h on the server")
            .cause(
                    "An unused replication slot keeps old WAL files",
                    "select slot_name, active from pg_replication_slots; drop those that are not needed")
            .cause("Temporary files of a large query fill it", "look for it in pg_stat_activity and end it");

    static final Check CREATE = fatal(
                    "postgres-create",
                    Layer.RIGHTS,
                    FailureKind.PERMISSION_DENIED,
                    "The user may create the schema that is not there yet.")
            .cause(
                    "The database belongs to another user",
                    "grant create on database NAME to USER, or run the first start with its owner");

    static final Check TABLES = fatal(
                    "postgres-tables",
                    Layer.RIGHTS,
                    FailureKind.PERMISSION_DENIED,
                    "The user may use the schema mooring, and read and write its tables.")
            .cause(
                    "Another user created the tables, for example by a migration or a restore",
                    "grant usage on schema mooring to USER; grant all on all tables in schema mooring to USER",
                    "belongs to",
                    "belong to")
            .cause(
                    "A revoke took the right from their owner",
                    "grant usage on schema mooring to USER; grant all on all tables in schema mooring to USER",
                    "although it owns")
            .cause(
                    "DATABASE_USER is another user than before",
                    "compare it with the owner: \\dt mooring.* in psql",
                    "belongs to",
                    "belong to");

    static final Check ROOM = warning(
                    "postgres-room",
                    Layer.SETTINGS,
                    FailureKind.TOO_MANY_CONNECTIONS,
                    "The server has room for all connections of this process.")
            .cause(
                    "DATABASE_POOL_MAX is larger than the limit of server, database or role",
                    "lower DATABASE_POOL_MAX, or raise the limit that the message names (RDS: parameter group)");

    static final Check USED = warning(
                    "postgres-used",
                    Layer.SETTINGS,
                    FailureKind.TOO_MANY_CONNECTIONS,
                    "Less than 90 % of the server's connections are in use.")
            .cause(
                    "All instances together use nearly all of max_connections",
                    "count them by application_name in pg_stat_activity; lower pools or put a pooler before the server");

    static final Check DURABLE = warning(
                    "postgres-durable",
                    Layer.SETTINGS,
                    FailureKind.UNKNOWN,
                    "The server confirms a commit when it is on disk.")
            .cause(
                    "fsync, full_page_writes or synchronous_commit is off, so a crash loses what was confirmed",
                    "switch it on in postgresql.conf, and look for settings of role and database: \\drds in psql");

    static final Check CLOCK = warning(
                    "postgres-clock",
                    Layer.SETTINGS,
                    FailureKind.UNKNOWN,
                    "The clocks of server and process differ by less than 2 s.")
            .cause("One of the machines has no time synchronization", "compare date -u on both; check chrony or ntpd");

    static final Check DNS_CACHE = warning(
                    "postgres-dns-cache",
                    Layer.SETTINGS,
                    FailureKind.NAME_NOT_RESOLVED,
                    "This process looks the host name up again at least once a minute.")
            .cause(
                    "networkaddress.cache.ttl of the JVM is longer, so a failover reaches the process late",
                    "set it to 5 in the JDK's java.security, or with -Dsun.net.inetaddr.ttl=5");

    static final Check LAG = warning(
                    "postgres-lag",
                    Layer.SETTINGS,
                    FailureKind.READ_ONLY,
                    "A standby is at most 60 s behind its primary.")
            .cause("The connection to the primary is broken", "look at pg_stat_wal_receiver on the standby")
            .cause("The standby cannot keep up", "look at its disk and at long queries there");

    private ServerChecks() {}

    static List<Check> all() {
        return List.of(
                DATABASE,
                CONNECT_RIGHT,
                FALLBACK,
                QUERY,
                WRITES,
                DISK,
                CREATE,
                TABLES,
                ROOM,
                USED,
                DURABLE,
                CLOCK,
                DNS_CACHE,
                LAG);
    }
}

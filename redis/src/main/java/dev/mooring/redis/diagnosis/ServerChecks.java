package dev.mooring.redis.diagnosis;

import static dev.mooring.diagnosis.Check.fatal;
import static dev.mooring.diagnosis.Check.warning;

import dev.mooring.diagnosis.Check;
import dev.mooring.diagnosis.Layer;
import dev.mooring.failure.FailureKind;
import java.util.List;

/** The checks of Redis behind the log-in. */
final class ServerChecks {
    static final Check DATABASE = fatal(
                    "redis-database", Layer.DATABASE, FailureKind.DATABASE_MISSING, "The server has the database.")
            .cause(
                    "REDIS_DATABASE is not below the server's number of databases",
                    "set a smaller number, or raise databases",
                    "out of range",
                    "invalid DB index")
            .cause("The server is a cluster, which has database 0 only", "remove REDIS_DATABASE", "in cluster mode");

    static final Check CLUSTER = fatal(
                    "redis-cluster", Layer.DATABASE, FailureKind.SHUTTING_DOWN, "The cluster serves all keys.")
            .cause(
                    "A primary is down and has no replica that could take over",
                    "CLUSTER NODES; start the failed node",
                    "all slots have a node")
            .cause(
                    "Slots belong to no node",
                    "redis-cli --cluster check HOST:PORT; --cluster fix",
                    "slots without a node");

    static final Check CLUSTER_ON = fatal(
                    "redis-cluster-on",
                    Layer.DATABASE,
                    FailureKind.PROTOCOL_ERROR,
                    "The server belongs to a cluster where REDIS_NODES names one.")
            .cause("The server is a single one", "name it in REDIS_HOST instead of REDIS_NODES");

    static final Check QUERY = fatal(
                    "redis-query", Layer.QUERY, FailureKind.RESPONSE_TIMEOUT, "The server answers a command in time.")
            .cause("A script or a slow command blocks it", "SCRIPT KILL, or find it in SLOWLOG GET 10")
            .cause("Its machine is overloaded or frozen", "look at its processor, memory and swap");

    static final Check WRITES = warning(
                    "redis-writes", Layer.QUERY, FailureKind.READ_ONLY, "The server is a primary and takes writes.")
            .cause(
                    "A failover happened, and the address still names the old primary",
                    "use the primary endpoint, or Sentinels or the cluster in REDIS_NODES",
                    "READONLY",
                    "is a replica of")
            .cause(
                    "The replica lost its primary and refuses reads too (MASTERDOWN)",
                    "look at INFO replication; start the primary",
                    "MASTERDOWN");

    static final Check REPLICAS = warning(
                    "redis-replicas",
                    Layer.QUERY,
                    FailureKind.READ_ONLY,
                    "The primary has the replicas that min-replicas-to-write demands.")
            .cause("A replica is down or too far behind", "INFO replication; start it");

    static final Check MEMORY = warning(
                    "redis-memory", Layer.QUERY, FailureKind.OUT_OF_MEMORY, "The server has memory for a write.")
            .cause("Its data reached maxmemory", "give it more memory, or find what fills it: redis-cli --bigkeys");

    static final Check DISK = warning(
                    "redis-disk", Layer.QUERY, FailureKind.DISK_FULL, "The server can save what is written.")
            .cause(
                    "Its disk is full or its folder is not writable",
                    "df -h on the server; free space; read its log",
                    "AOF",
                    "RDB")
            .cause("It may not fork for want of memory", "set vm.overcommit_memory = 1; leave memory free", "RDB");

    static final Check RIGHTS = warning(
                    "redis-rights", Layer.RIGHTS, FailureKind.PERMISSION_DENIED, "The user may read and write keys.")
            .cause(
                    "The ACL of the user lacks commands or keys",
                    "ACL GETUSER NAME; allow +@read +@write +@stream +@connection and the keys that are in use");

    static final Check EVICTION = warning(
                    "redis-eviction",
                    Layer.SETTINGS,
                    FailureKind.OUT_OF_MEMORY,
                    "The server never evicts keys that were not given a time to live.")
            .cause(
                    "maxmemory-policy is one of allkeys-…, so a full server drops messages of a queue",
                    "set maxmemory-policy to noeviction or a volatile-… one (ElastiCache: parameter group)");

    static final Check MEMORY_USED = warning(
                    "redis-memory-used",
                    Layer.SETTINGS,
                    FailureKind.OUT_OF_MEMORY,
                    "Less than 90 % of maxmemory is in use.")
            .cause("The data grows", "give it more memory before writes fail; look at the length of its streams");

    static final Check CLIENTS_USED = warning(
                    "redis-clients-used",
                    Layer.SETTINGS,
                    FailureKind.TOO_MANY_CONNECTIONS,
                    "Less than 90 % of maxclients are connected.")
            .cause("Clients open connections and keep them", "CLIENT LIST; lower the pools or raise maxclients");

    private ServerChecks() {}

    static List<Check> all() {
        return List.of(
                DATABASE,
                CLUSTER,
                CLUSTER_ON,
                QUERY,
                WRITES,
                REPLICAS,
                MEMORY,
                DISK,
                RIGHTS,
                EVICTION,
                MEMORY_USED,
                CLIENTS_USED);
    }
}

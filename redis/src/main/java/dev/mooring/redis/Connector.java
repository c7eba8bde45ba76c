package dev.mooring.redis;

import dev.mooring.redis.settings.RedisSettings;
import dev.mooring.redis.settings.Topology;
import java.util.concurrent.CompletableFuture;

/** Opens connections to one Redis. Each method begins to open one, and does not wait. Thread-safe. */
interface Connector extends AutoCloseable {
    /** Opens nothing yet. */
    static Connector to(RedisSettings settings) {
        return settings.topology() instanceof Topology.Cluster
                ? new ClusterConnector(settings)
                : new ServerConnector(settings);
    }

    /** The connection that calls share. It connects again by itself when its server ends it. */
    CompletableFuture<Link> share();

    /** A connection for one user at a time, which waits as long as its user does. */
    CompletableFuture<Link> own();

    /** A connection to one server, which ends with that server. */
    CompletableFuture<Link> probe();

    /** A call got no answer: finds out soon whether another server has its keys by now. Does not wait. */
    default void doubt() {}

    /** Ends all connections and all threads; waits for at most 4 s. */
    @Override
    void close();
}

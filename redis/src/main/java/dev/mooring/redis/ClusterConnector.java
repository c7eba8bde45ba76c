package dev.mooring.redis;

import dev.mooring.redis.settings.RedisSettings;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Opens connections to a cluster. A redirection, a lost connection and a timer make the clients ask again which node has which keys.
 * Thread-safe.
 */
final class ClusterConnector implements Connector {
    private static final Duration REFRESH = Duration.ofSeconds(30);
    private static final Duration LEAST_BETWEEN_REFRESHES = Duration.ofSeconds(1);

    private final Clients clients;
    private final List<RedisURI> addresses;
    private final RedisClusterClient answering;
    private final RedisClusterClient blocking;
    private final RedisClient single;

    /** Whether the cluster has named its nodes, so that a look at them does no I/O. Volatile: Netty's threads set it. */
    private volatile boolean named;

    /** With which node the next probe begins: a frozen one must not stop all of them. */
    private final AtomicInteger turn = new AtomicInteger();

    /** When a silent node last made the client ask, on the monotonic clock. */
    private final AtomicLong doubted = new AtomicLong(System.nanoTime() - LEAST_BETWEEN_REFRESHES.toNanos());

    ClusterConnector(RedisSettings settings) {
        clients = new Clients(settings);
        addresses = new Addresses(settings).all();
        answering = cluster(TimeoutOptions.enabled(settings.command()));
        blocking = cluster(TimeoutOptions.create());
        single = clients.add(RedisClient.create(clients.resources()));
        single.setOptions(clients.options(ClientOptions.builder())
                .autoReconnect(false)
                .timeoutOptions(TimeoutOptions.create())
                .build());
    }

    private RedisClusterClient cluster(TimeoutOptions timeouts) {
        RedisClusterClient cluster = clients.add(RedisClusterClient.create(clients.resources(), addresses));
        ClusterClientOptions.Builder options = ClusterClientOptions.builder();
        clients.options(options);
        cluster.setOptions(options.topologyRefreshOptions(refresh())
                .timeoutOptions(timeouts)
                .build());
        return cluster;
    }

    @SuppressWarnings("deprecation") // Lettuce 7 does so without being asked, Lettuce 6 does not
    private static ClusterTopologyRefreshOptions refresh() {
        return ClusterTopologyRefreshOptions.builder()
                .enablePeriodicRefresh(REFRESH)
                .enableAllAdaptiveRefreshTriggers()
                .adaptiveRefreshTriggersTimeout(LEAST_BETWEEN_REFRESHES)
                .build();
    }

    @Override
    public CompletableFuture<Link> share() {
        return open(answering).whenComplete((link, failure) -> named |= failure == null);
    }

    @Override
    public CompletableFuture<Link> own() {
        return open(blocking);
    }

    private static CompletableFuture<Link> open(RedisClusterClient cluster) {
        return cluster.refreshPartitionsAsync()
                .toCompletableFuture()
                .thenCompose(refreshed -> cluster.connectAsync(StringCodec.UTF8))
                .thenApply(Link::of);
    }

    /** Tries the nodes in turn. */
    @Override
    public CompletableFuture<Link> probe() {
        List<RedisURI> all = nodes();
        Collections.rotate(all, turn.getAndIncrement());
        CompletableFuture<Link> link = open(all.get(0));
        for (RedisURI next : all.subList(1, all.size())) {
            link = link.exceptionallyCompose(failed -> open(next));
        }
        return link;
    }

    /** Lettuce asks again by itself when a node refuses or redirects, but not when one is silent. */
    @Override
    public void doubt() {
        long now = System.nanoTime();
        long before = doubted.get();
        if (now - before >= LEAST_BETWEEN_REFRESHES.toNanos() && doubted.compareAndSet(before, now)) {
            var unused = answering.refreshPartitionsAsync();
        }
    }

    private List<RedisURI> nodes() {
        List<RedisURI> all = new ArrayList<>(addresses);
        if (named) {
            answering.getPartitions().stream().map(RedisClusterNode::getUri).forEach(uri -> {
                if (all.stream()
                        .noneMatch(
                                known -> known.getHost().equals(uri.getHost()) && known.getPort() == uri.getPort())) {
                    all.add(uri);
                }
            });
        }
        return all;
    }

    private CompletableFuture<Link> open(RedisURI address) {
        return single.connectAsync(StringCodec.UTF8, address)
                .toCompletableFuture()
                .thenApply(Link::of);
    }

    @Override
    public void close() {
        clients.close();
    }
}

package dev.mooring.redis;

import dev.mooring.redis.settings.RedisSettings;
import dev.mooring.redis.settings.Topology;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Opens connections to one Redis. Its threads are daemons with names that begin with {@code mooring-redis-}; {@link #close} ends them.
 * Thread-safe.
 */
final class Connector implements AutoCloseable {
    /** Answers that may be under way on one connection; beyond it Lettuce refuses a command. */
    private static final int QUEUE = 10_000;

    private static final Duration REFRESH = Duration.ofSeconds(30);
    private static final Duration END = Duration.ofSeconds(2);

    private final ClientResources resources;
    private final RedisSettings settings;
    private final List<RedisURI> addresses;
    /** For connections that end with their server. */
    private final RedisClient single;

    private final AbstractRedisClient shared;
    private final Supplier<CompletableFuture<Link>> sharing;

    Connector(RedisSettings settings) {
        this.settings = settings;
        this.addresses = new Addresses(settings).all();
        this.resources = ClientResources.builder()
                .ioThreadPoolSize(2)
                .computationThreadPoolSize(2)
                .reconnectDelay(() ->
                        Delay.equalJitter(Duration.ofMillis(50), Duration.ofSeconds(1), 50, TimeUnit.MILLISECONDS))
                .threadFactoryProvider(pool -> new DefaultThreadFactory("mooring-redis-" + pool, true))
                .build();
        this.single = RedisClient.create(resources);
        this.single.setOptions(
                options(ClientOptions.builder().autoReconnect(false)).build());
        if (settings.topology() instanceof Topology.Cluster) {
            RedisClusterClient cluster = RedisClusterClient.create(resources, addresses);
            cluster.setOptions((ClusterClientOptions) options(ClusterClientOptions.builder()
                            .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                                    .enablePeriodicRefresh(REFRESH)
                                    .adaptiveRefreshTriggersTimeout(Duration.ofSeconds(1))
                                    .build()))
                    .build());
            shared = cluster;
            sharing = () -> cluster.refreshPartitionsAsync()
                    .toCompletableFuture()
                    .thenCompose(known -> cluster.connectAsync(StringCodec.UTF8))
                    .thenApply(Link::of);
        } else {
            RedisClient lasting = RedisClient.create(resources);
            lasting.setOptions(options(ClientOptions.builder()).build());
            shared = lasting;
            sharing = () -> lasting.connectAsync(StringCodec.UTF8, addresses.get(0))
                    .toCompletableFuture()
                    .thenApply(Link::of);
        }
    }

    private ClientOptions.Builder options(ClientOptions.Builder builder) {
        SslOptions.Builder ssl = SslOptions.builder().jdkSslProvider().handshakeTimeout(settings.connect());
        settings.authorities().ifPresent(file -> ssl.trustManager(file.toFile()));
        return builder.disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(QUEUE)
                .protocolVersion(ProtocolVersion.RESP2)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(settings.connect())
                        .keepAlive(true)
                        .build())
                .sslOptions(ssl.build())
                .timeoutOptions(TimeoutOptions.enabled(settings.command()));
    }

    /** Begins to open the connection that calls share. It connects again by itself when its server ends it. */
    CompletableFuture<Link> share() {
        return sharing.get();
    }

    /** Begins to open a connection to one server, which ends with it. Tries the nodes of a cluster in turn. */
    CompletableFuture<Link> single() {
        CompletableFuture<Link> link = single(addresses.get(0));
        for (RedisURI next : addresses.subList(1, addresses.size())) {
            link = link.exceptionallyCompose(failed -> single(next));
        }
        return link;
    }

    private CompletableFuture<Link> single(RedisURI address) {
        return single.connectAsync(StringCodec.UTF8, address)
                .toCompletableFuture()
                .thenApply(Link::of);
    }

    /** Ends all connections and all threads; waits for at most 4 s. */
    @Override
    public void close() {
        CompletableFuture<Void> clients = CompletableFuture.allOf(shutdown(shared), shutdown(single))
                .orTimeout(END.toMillis(), TimeUnit.MILLISECONDS);
        // How the clients ended does not matter: the threads below end in any case.
        clients.exceptionally(failed -> null).join();
        resources.shutdown(0, END.toMillis(), TimeUnit.MILLISECONDS).awaitUninterruptibly(END.toMillis());
    }

    private static CompletableFuture<Void> shutdown(AbstractRedisClient client) {
        return client.shutdownAsync(0, END.toMillis(), TimeUnit.MILLISECONDS);
    }
}

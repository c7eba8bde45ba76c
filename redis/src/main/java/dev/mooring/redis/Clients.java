package dev.mooring.redis;

import dev.mooring.redis.settings.RedisSettings;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The threads and options that all Lettuce clients of one Redis share: five daemons at most, with names that begin with {@code
 * mooring-redis-}. {@link #close} ends them with the clients. Not thread-safe.
 */
final class Clients implements AutoCloseable {
    /** Commands that may wait for their answers on one connection; beyond it Lettuce refuses a command. */
    private static final int QUEUE = 10_000;

    private static final Duration END = Duration.ofSeconds(2);

    private final RedisSettings settings;
    private final ClientResources resources;
    private final List<AbstractRedisClient> all = new ArrayList<>();

    Clients(RedisSettings settings) {
        this.settings = settings;
        this.resources = ClientResources.builder()
                .ioThreadPoolSize(2)
                .computationThreadPoolSize(2)
                .reconnectDelay(() ->
                        Delay.equalJitter(Duration.ofMillis(50), Duration.ofSeconds(1), 50, TimeUnit.MILLISECONDS))
                .threadFactoryProvider(pool -> new DefaultThreadFactory("mooring-redis-" + pool, true))
                .build();
    }

    ClientResources resources() {
        return resources;
    }

    /** Adds a client that ends with the others. */
    <T extends AbstractRedisClient> T add(T client) {
        all.add(client);
        return client;
    }

    /** The options of every client. */
    ClientOptions.Builder options(ClientOptions.Builder builder) {
        SslOptions.Builder ssl = SslOptions.builder().jdkSslProvider().handshakeTimeout(settings.connect());
        settings.authorities().ifPresent(file -> ssl.trustManager(file.toFile()));
        return builder.disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(QUEUE)
                .protocolVersion(ProtocolVersion.RESP2)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(settings.connect())
                        .keepAlive(true)
                        .build())
                .sslOptions(ssl.build());
    }

    /** Ends all connections and all threads; waits for at most 4 s. */
    @Override
    public void close() {
        CompletableFuture<?>[] ends = all.stream()
                .map(client -> client.shutdownAsync(0, END.toMillis(), TimeUnit.MILLISECONDS))
                .toArray(CompletableFuture<?>[]::new);
        // How the clients ended does not matter: the threads end in any case.
        CompletableFuture.allOf(ends)
                .orTimeout(END.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failed -> null)
                .join();
        resources.shutdown(0, END.toMillis(), TimeUnit.MILLISECONDS).awaitUninterruptibly(END.toMillis());
    }
}

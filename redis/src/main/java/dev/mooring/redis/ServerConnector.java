package dev.mooring.redis;

import dev.mooring.redis.settings.RedisSettings;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.codec.StringCodec;
import java.util.concurrent.CompletableFuture;

/** Opens connections to one server, or to the primary that Sentinels name at that moment. Thread-safe. */
final class ServerConnector implements Connector {
    private final Clients clients;
    private final RedisURI address;
    private final RedisClient lasting;
    private final RedisClient ending;

    ServerConnector(RedisSettings settings) {
        clients = new Clients(settings);
        address = new Addresses(settings).all().get(0);
        lasting = clients.add(RedisClient.create(clients.resources()));
        lasting.setOptions(clients.options(ClientOptions.builder())
                .timeoutOptions(TimeoutOptions.enabled(settings.command()))
                .build());
        ending = clients.add(RedisClient.create(clients.resources()));
        ending.setOptions(clients.options(ClientOptions.builder())
                .autoReconnect(false)
                .timeoutOptions(TimeoutOptions.create())
                .build());
    }

    @Override
    public CompletableFuture<Link> share() {
        return open(lasting);
    }

    @Override
    public CompletableFuture<Link> own() {
        return open(ending);
    }

    @Override
    public CompletableFuture<Link> probe() {
        return open(ending);
    }

    private CompletableFuture<Link> open(RedisClient client) {
        return client.connectAsync(StringCodec.UTF8, address)
                .toCompletableFuture()
                .thenApply(Link::of);
    }

    @Override
    public void close() {
        clients.close();
    }
}

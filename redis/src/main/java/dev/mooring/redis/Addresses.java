package dev.mooring.redis;

import dev.mooring.redis.settings.Node;
import dev.mooring.redis.settings.RedisSettings;
import dev.mooring.redis.settings.Topology;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslVerifyMode;
import java.util.List;

/** The addresses of one Redis as Lettuce wants them. Each log-in asks the source of the password again. */
final class Addresses {
    private final RedisSettings settings;

    Addresses(RedisSettings settings) {
        this.settings = settings;
    }

    /** Every address at which the Redis can be reached: one, or one for each known node of a cluster. */
    List<RedisURI> all() {
        if (settings.topology() instanceof Topology.Cluster cluster) {
            return cluster.nodes().stream().map(this::of).toList();
        }
        if (settings.topology() instanceof Topology.Sentinel watched) {
            RedisURI.Builder builder = common(RedisURI.builder());
            watched.sentinels().forEach(node -> builder.withSentinel(node.host(), node.port()));
            return List.of(withLogin(builder.withSentinelMasterId(watched.master())));
        }
        return List.of(of(((Topology.Standalone) settings.topology()).node()));
    }

    private RedisURI of(Node node) {
        return withLogin(common(RedisURI.builder()).withHost(node.host()).withPort(node.port()));
    }

    private RedisURI.Builder common(RedisURI.Builder builder) {
        return builder.withSsl(settings.tls())
                .withVerifyPeer(settings.tls() ? SslVerifyMode.FULL : SslVerifyMode.NONE)
                .withDatabase(settings.database())
                .withTimeout(settings.command())
                .withClientName("mooring");
    }

    private RedisURI withLogin(RedisURI.Builder builder) {
        settings.password()
                .ifPresent(password ->
                        builder.withAuthentication(RedisCredentialsProvider.from(() -> RedisCredentials.just(
                                settings.username().orElse(null),
                                password.current().reveal()))));
        return builder.build();
    }
}

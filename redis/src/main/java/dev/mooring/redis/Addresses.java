package dev.mooring.redis;

import dev.mooring.redis.settings.Node;
import dev.mooring.redis.settings.RedisSettings;
import dev.mooring.redis.settings.Topology;
import dev.mooring.settings.Secret;
import dev.mooring.settings.SecretSource;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslVerifyMode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
            watched.sentinels().forEach(node -> builder.withSentinel(sentinel(node, watched.password())));
            return List.of(withLogin(builder.withSentinelMasterId(watched.master())));
        }
        return List.of(of(((Topology.Standalone) settings.topology()).node()));
    }

    private RedisURI sentinel(Node node, Optional<SecretSource> password) {
        return withLogin(
                encrypted(RedisURI.builder()
                        .withHost(node.host())
                        .withPort(node.port())
                        .withTimeout(settings.command())),
                Optional.empty(),
                password);
    }

    private RedisURI of(Node node) {
        return withLogin(common(RedisURI.builder()).withHost(node.host()).withPort(node.port()));
    }

    private RedisURI.Builder common(RedisURI.Builder builder) {
        return encrypted(builder)
                .withDatabase(settings.database())
                .withTimeout(settings.command())
                .withClientName("mooring");
    }

    private RedisURI.Builder encrypted(RedisURI.Builder builder) {
        return builder.withSsl(settings.tls()).withVerifyPeer(settings.tls() ? SslVerifyMode.FULL : SslVerifyMode.NONE);
    }

    private RedisURI withLogin(RedisURI.Builder builder) {
        return withLogin(builder, settings.username(), settings.password());
    }

    private static RedisURI withLogin(
            RedisURI.Builder builder, Optional<String> username, Optional<SecretSource> password) {
        password.map(LastWorking::new)
                .ifPresent(
                        source -> builder.withAuthentication(RedisCredentialsProvider.from(() -> RedisCredentials.just(
                                username.orElse(null), source.current().reveal()))));
        return builder.build();
    }

    /** A source of the password; while it fails, the last password counts. Thread-safe. */
    private static final class LastWorking {
        private final SecretSource source;

        /** What the source gave last. Volatile: Netty's threads read and write it. */
        private volatile @Nullable Secret last;

        LastWorking(SecretSource source) {
            this.source = source;
        }

        Secret current() {
            try {
                Secret now = source.current();
                last = now;
                return now;
            } catch (RuntimeException failed) {
                Secret known = last;
                if (known == null) {
                    throw failed;
                }
                return known;
            }
        }
    }
}

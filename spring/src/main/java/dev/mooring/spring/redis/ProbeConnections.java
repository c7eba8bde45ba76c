package dev.mooring.spring.redis;

import io.lettuce.core.ClientOptions;
import java.time.Duration;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration.LettuceClientConfigurationBuilder;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.util.ClassUtils;

/**
 * Connections to the Redis of the application that only the probe uses. With Lettuce they come from a factory of their own, with the
 * application's address, log-in, TLS and threads: a connection that the application shares keeps commands waiting while Redis is away, and
 * would say nothing. With another client they come from the application's factory. Thread-safe.
 */
final class ProbeConnections implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final RedisConnectionFactory connections;
    private final AutoCloseable end;

    private ProbeConnections(RedisConnectionFactory connections, AutoCloseable end) {
        this.connections = connections;
        this.end = end;
    }

    static ProbeConnections to(RedisConnectionFactory ofTheApplication) {
        boolean hasLettuce = ClassUtils.isPresent(
                "org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory",
                ProbeConnections.class.getClassLoader());
        return hasLettuce && ofTheApplication instanceof LettuceConnectionFactory lettuce
                ? withLettuce(lettuce)
                : new ProbeConnections(ofTheApplication, () -> {});
    }

    private static ProbeConnections withLettuce(LettuceConnectionFactory ofTheApplication) {
        LettuceConnectionFactory own = new LettuceConnectionFactory(
                servers(ofTheApplication), client(ofTheApplication.getClientConfiguration()));
        own.setShareNativeConnection(false);
        own.afterPropertiesSet();
        own.start();
        return new ProbeConnections(own, own::destroy);
    }

    private static RedisConfiguration servers(LettuceConnectionFactory factory) {
        if (factory.getClusterConfiguration() != null) {
            return factory.getClusterConfiguration();
        }
        if (factory.getSentinelConfiguration() != null) {
            return factory.getSentinelConfiguration();
        }
        RedisConfiguration socket = factory.getSocketConfiguration();
        return socket == null ? factory.getStandaloneConfiguration() : socket;
    }

    private static LettuceClientConfiguration client(LettuceClientConfiguration known) {
        Duration timeout = known.getCommandTimeout();
        LettuceClientConfigurationBuilder own = LettuceClientConfiguration.builder()
                .commandTimeout(timeout.compareTo(LONGEST) < 0 ? timeout : LONGEST)
                .shutdownTimeout(known.getShutdownTimeout());
        known.getClientOptions()
                .map(options -> options.mutate().autoReconnect(false).build())
                .ifPresentOrElse(
                        own::clientOptions,
                        () -> own.clientOptions(
                                ClientOptions.builder().autoReconnect(false).build()));
        known.getClientResources().ifPresent(own::clientResources);
        known.getRedisCredentialsProviderFactory().ifPresent(own::redisCredentialsProviderFactory);
        if (known.isUseSsl()) {
            own.useSsl().verifyPeer(known.getVerifyMode());
            if (known.isStartTls()) {
                own.useSsl().startTls();
            }
        }
        return own.build();
    }

    RedisConnection open() {
        return connections.getConnection();
    }

    @Override
    public void close() throws Exception {
        end.close();
    }
}

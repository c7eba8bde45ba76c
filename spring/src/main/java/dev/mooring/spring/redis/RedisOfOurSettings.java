package dev.mooring.spring.redis;

import dev.mooring.Dependency;
import dev.mooring.redis.Redis;
import dev.mooring.redis.settings.RedisSettings;
import dev.mooring.redis.settings.RedisVariables;
import dev.mooring.settings.InvalidSettingsException;
import dev.mooring.settings.Settings;
import dev.mooring.spring.environment.StartFailedException;
import dev.mooring.spring.pool.ConnectionPools;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** The Redis of {@code REDIS_*}, where the application has no connection factory of Spring Data. */
@Configuration(proxyBeanMethods = false)
@Conditional(RedisSwitch.On.class)
@ConditionalOnMissingBean(
        name = "redisDependency",
        type = {"org.springframework.data.redis.connection.RedisConnectionFactory"})
class RedisOfOurSettings {
    @Bean
    @ConditionalOnMissingBean({RedisSettings.class, Redis.class})
    RedisSettings redisSettings(Settings settings) {
        try {
            Optional<RedisSettings> read = RedisVariables.read(settings);
            settings.orThrow();
            return read.orElseThrow(() -> new IllegalStateException("Redis is switched on without an address"));
        } catch (InvalidSettingsException mistakes) {
            throw StartFailedException.of(mistakes);
        }
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    Redis redis(RedisSettings settings) {
        return Redis.of(settings);
    }

    @Bean
    ConnectionPools redisPools(Redis redis) {
        return () -> List.of(new RedisSessions(redis));
    }

    @Bean
    Dependency redisDependency(Redis redis) {
        return redis.dependency();
    }
}

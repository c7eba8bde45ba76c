package dev.mooring.registry.events;

import dev.mooring.Dependency;
import dev.mooring.breaker.BreakerState;
import dev.mooring.redis.Redis;
import dev.mooring.redis.settings.RedisVariables;
import dev.mooring.registry.store.ModelEvents;
import dev.mooring.settings.Settings;
import dev.mooring.time.Time;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** Redis as a supervised optional dependency, and the way of events into its stream. Nothing loads this class while Redis is off. */
@Configuration(proxyBeanMethods = false)
@Conditional(RedisIs.On.class)
public class RedisConfiguration {
    @Bean(destroyMethod = "close")
    Redis redis(Settings settings) {
        return Redis.of(RedisVariables.read(settings).orElseThrow());
    }

    /** The bean by which supervision finds it. */
    @Bean
    Dependency redisDependency(Redis redis) {
        return redis.dependency();
    }

    @Bean
    @Conditional(WithQueue.Redis.class)
    ModelEvents eventsToRedis(Redis redis, DataSource database) {
        return AddedEvents.to(
                new OutboxSink(RedisVariables.NAME, () -> isReady(redis), () -> {}, Time.system()),
                new JdbcTemplate(database));
    }

    private static boolean isReady(Redis redis) {
        BreakerState state = redis.dependency().breaker().view().state();
        return state != BreakerState.OPEN && state != BreakerState.FORCED_OPEN;
    }
}

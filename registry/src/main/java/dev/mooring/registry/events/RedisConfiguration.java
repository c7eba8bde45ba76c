package dev.mooring.registry.events;

import dev.mooring.Dependency;
import dev.mooring.breaker.BreakerState;
import dev.mooring.messages.MessageSettings;
import dev.mooring.messages.Relay;
import dev.mooring.messages.RelayPlan;
import dev.mooring.messages.queue.QueueDelivery;
import dev.mooring.messages.queue.redis.RedisQueue;
import dev.mooring.postgres.control.ControlConnection;
import dev.mooring.redis.Redis;
import dev.mooring.redis.settings.RedisVariables;
import dev.mooring.registry.store.ModelEvents;
import dev.mooring.settings.Settings;
import dev.mooring.time.Time;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** Redis as a supervised optional dependency, and the way of events into its stream. Nothing loads this class while Redis is off. */
@Configuration(proxyBeanMethods = false)
@Conditional(RedisIs.On.class)
public class RedisConfiguration {
    /** Batches at the same time: few connections, so that sessions stay for others. */
    private static final int PLACES = 2;

    private static final int BATCH = 200;

    /** A batch of one model's messages takes a command for each of them in the worst case, but a delivery ends before its lease. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    @Bean(destroyMethod = "close")
    Redis redis(Settings settings) {
        return Redis.of(RedisVariables.read(settings).orElseThrow());
    }

    /** The bean by which supervision finds it. */
    @Bean
    Dependency redisDependency(Redis redis) {
        return redis.dependency();
    }

    @Bean(destroyMethod = "close")
    @Conditional(WithQueue.Redis.class)
    Relay eventRelay(Settings settings, Redis redis, DataSource database, ControlConnection control) {
        RelayPlan plan = RelayPlan.to(RedisVariables.NAME)
                .places(PLACES)
                .batch(BATCH)
                .lease(LEASE)
                .attempts(settings.get(MessageSettings.MAX_ATTEMPTS));
        QueueDelivery delivery =
                new QueueDelivery(RedisQueue.of(redis, settings.get(EventSettings.NAME)), () -> isReady(redis));
        return Relay.start(plan, delivery, database, Time.system(), redis.dependency()::publish)
                .hearing(control);
    }

    @Bean
    @Conditional(WithQueue.Redis.class)
    ModelEvents eventsToRedis(Redis redis, Relay eventRelay, DataSource database) {
        return AddedEvents.to(
                new OutboxSink(RedisVariables.NAME, () -> isReady(redis), eventRelay::wake, Time.system()),
                new JdbcTemplate(database));
    }

    private static boolean isReady(Redis redis) {
        BreakerState state = redis.dependency().breaker().view().state();
        return state != BreakerState.OPEN && state != BreakerState.FORCED_OPEN;
    }
}

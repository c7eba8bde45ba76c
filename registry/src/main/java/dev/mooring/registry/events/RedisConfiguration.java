package dev.mooring.registry.events;

import dev.mooring.Dependency;
import dev.mooring.Mooring;
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

/** The way of events into the stream of the Redis that the starter supervises. Nothing of it is there while events go elsewhere. */
@Configuration(proxyBeanMethods = false)
@Conditional(WithQueue.Redis.class)
public class RedisConfiguration {
    /** Batches at the same time, each on a session of its own. */
    private static final int PLACES = 2;

    private static final int BATCH = 200;

    /** A delivery ends before it. What a process held that died arrives after it. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    @Bean
    RedisQueue eventQueue(Redis redis, Settings settings) {
        return RedisQueue.of(redis, settings.get(EventSettings.NAME));
    }

    @Bean(destroyMethod = "close")
    StreamUpkeep eventStreamUpkeep(RedisQueue eventQueue) {
        return StreamUpkeep.start(eventQueue);
    }

    @Bean
    RedisReadiness redisReadiness(Dependency redisDependency, Mooring mooring) {
        return new RedisReadiness(redisDependency, mooring);
    }

    @Bean(destroyMethod = "close")
    Relay eventRelay(
            Settings settings,
            RedisQueue eventQueue,
            RedisReadiness readiness,
            Dependency redisDependency,
            DataSource database,
            ControlConnection control) {
        RelayPlan plan = RelayPlan.to(RedisVariables.NAME)
                .places(PLACES)
                .batch(BATCH)
                .lease(LEASE)
                .attempts(settings.get(MessageSettings.MAX_ATTEMPTS));
        QueueDelivery delivery = new QueueDelivery(eventQueue, redisDependency, Time.system());
        return Relay.start(
                        plan, new EventDelivery(delivery, readiness), database, Time.system(), redisDependency::publish)
                .hearing(control);
    }

    @Bean
    ModelEvents eventsToRedis(RedisReadiness readiness, Relay eventRelay, DataSource database) {
        return AddedEvents.to(
                new OutboxSink(RedisVariables.NAME, readiness::isReady, eventRelay::wake, Time.system()),
                new JdbcTemplate(database));
    }
}

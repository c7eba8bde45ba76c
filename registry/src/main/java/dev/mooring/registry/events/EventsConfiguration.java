package dev.mooring.registry.events;

import dev.mooring.Dependency;
import dev.mooring.messages.queue.postgres.PostgresQueue;
import dev.mooring.redis.settings.RedisVariables;
import dev.mooring.registry.store.ModelEvents;
import dev.mooring.settings.Settings;
import dev.mooring.time.Time;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** The beans of events that need no Redis. */
@Configuration(proxyBeanMethods = false)
public class EventsConfiguration {
    /** Without it health would not say that Redis is off. */
    @Bean
    @Conditional(RedisIs.Off.class)
    Dependency redisDependency() {
        return Dependency.named(RedisVariables.NAME).optional().enabled(false).build();
    }

    @Bean
    @Conditional(WithQueue.None.class)
    ModelEvents noEvents() {
        return ModelEvents.NONE;
    }

    @Bean
    @Conditional(WithQueue.Postgres.class)
    ModelEvents eventsToPostgres(Settings settings, DataSource database) {
        PostgresQueue queue = PostgresQueue.of(database, settings.get(EventSettings.NAME));
        return AddedEvents.to(new QueueSink(queue, Time.system()), new JdbcTemplate(database));
    }
}

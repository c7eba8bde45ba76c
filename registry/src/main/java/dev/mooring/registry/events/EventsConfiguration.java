package dev.mooring.registry.events;

import dev.mooring.Dependency;
import dev.mooring.messages.queue.QueueWatch;
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
    @Conditional(WithoutRedis.class)
    Dependency redisDependency() {
        return Dependency.named(RedisVariables.NAME).optional().enabled(false).build();
    }

    @Bean
    @Conditional(WithQueue.None.class)
    ModelEvents noEvents() {
        return ModelEvents.NONE;
    }

    /** Events go to a queue in the database. */
    @Configuration(proxyBeanMethods = false)
    @Conditional(WithQueue.Postgres.class)
    static class InDatabase {
        /** What operators see it as. */
        private static final String DESTINATION = "postgres";

        @Bean
        PostgresQueue eventQueue(Settings settings, DataSource database) {
            return PostgresQueue.of(database, settings.get(EventSettings.NAME));
        }

        @Bean(destroyMethod = "close")
        QueueWatch eventQueueWatch(PostgresQueue eventQueue) {
            return QueueWatch.start(eventQueue, DESTINATION);
        }

        @Bean
        ModelEvents eventsToPostgres(PostgresQueue eventQueue, DataSource database) {
            return AddedEvents.to(new QueueSink(eventQueue, Time.system()), new JdbcTemplate(database));
        }
    }
}

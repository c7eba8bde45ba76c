package dev.mooring.examples.flow.messages;

import dev.mooring.Dependency;
import dev.mooring.messages.Delivery;
import dev.mooring.messages.queue.MessageQueue;
import dev.mooring.messages.queue.QueueDelivery;
import dev.mooring.postgres.Postgres;
import dev.mooring.redis.Redis;
import dev.mooring.time.Time;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** For a service that also sends messages: the relay from the outbox to the queue. */
@Configuration(proxyBeanMethods = false)
@Import(QueueConfiguration.class)
public class OutboxConfiguration {
    /** The name of this bean is the destination, {@link OrderMessage#DESTINATION}. */
    @Bean
    Delivery flow(MessageQueue queue, Postgres database, ObjectProvider<Redis> redis) {
        Redis server = redis.getIfAvailable();
        Dependency keeper = server == null ? database.dependency() : server.dependency();
        return new QueueDelivery(queue, keeper, Time.system());
    }
}

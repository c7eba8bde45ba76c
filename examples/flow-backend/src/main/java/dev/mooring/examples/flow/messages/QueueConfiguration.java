package dev.mooring.examples.flow.messages;

import dev.mooring.messages.queue.MessageQueue;
import dev.mooring.messages.queue.QueueWatch;
import dev.mooring.messages.queue.postgres.PostgresQueue;
import dev.mooring.messages.queue.redis.RedisQueue;
import dev.mooring.redis.Redis;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The queue: in Redis where the environment names one, else in the database. */
@Configuration(proxyBeanMethods = false)
public class QueueConfiguration {
    @Bean
    MessageQueue queue(DataSource database, ObjectProvider<Redis> redis) {
        Redis server = redis.getIfAvailable();
        return server == null
                ? PostgresQueue.of(database, OrderMessage.DESTINATION)
                : RedisQueue.of(server, OrderMessage.DESTINATION);
    }

    @Bean
    QueueWatch queueWatch(MessageQueue queue) {
        return QueueWatch.start(queue, OrderMessage.DESTINATION);
    }
}

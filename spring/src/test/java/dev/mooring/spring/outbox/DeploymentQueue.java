package dev.mooring.spring.outbox;

// tag::program
import dev.mooring.messages.Delivery;
import dev.mooring.messages.queue.Consumer;
import dev.mooring.messages.queue.ConsumerPlan;
import dev.mooring.messages.queue.Handler;
import dev.mooring.messages.queue.QueueDelivery;
import dev.mooring.messages.queue.QueueWatch;
import dev.mooring.messages.queue.redis.RedisQueue;
import dev.mooring.redis.Redis;
import dev.mooring.time.Time;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
public class DeploymentQueue {
    @Bean
    RedisQueue redisQueue(Redis redis) {
        return RedisQueue.of(redis, "deployments"); // the stream mooring:queue:deployments
    }

    /** Takes the messages of the outbox whose destination is the name of this bean. */
    @Bean
    Delivery deployments(RedisQueue queue, Redis redis) {
        return new QueueDelivery(queue, redis.dependency(), Time.system());
    }

    /** Deletes what is over, once a minute. */
    @Bean
    QueueWatch queueWatch(RedisQueue queue) {
        return QueueWatch.start(queue, "deployments");
    }

    /** In this service or in another one. {@code deploy} is a bean of yours: {@code message -> …}. */
    @Bean
    Consumer deployer(RedisQueue queue, Handler deploy) {
        return Consumer.start(ConsumerPlan.of("deployer"), queue, deploy, Time.system());
    }
}
// end::program

package dev.mooring.operations.queues;

import dev.mooring.Mooring;
import dev.mooring.messages.Relay;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Shows the queues of an application that has relays. */
@AutoConfiguration(
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnBean(Relay.class)
public final class QueuesAutoConfiguration {
    @Bean
    QueueSection queueSection(List<Relay> relays) {
        return new QueueSection(relays);
    }

    @Bean
    QueueController queueController(List<Relay> relays) {
        return new QueueController(relays);
    }

    /** Meters, where Micrometer is there. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    @ConditionalOnBean(MeterRegistry.class)
    static class Meters {
        @Bean
        QueueMeters queueMeters(List<Relay> relays, MeterRegistry registry, Mooring mooring) {
            QueueMeters meters = new QueueMeters(relays, registry);
            mooring.addListener(meters::on);
            return meters;
        }
    }
}

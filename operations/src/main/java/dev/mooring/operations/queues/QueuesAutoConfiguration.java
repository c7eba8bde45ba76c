package dev.mooring.operations.queues;

import dev.mooring.Mooring;
import dev.mooring.messages.Relay;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Shows the queues of an application: those of its relays, if it has some. */
@AutoConfiguration(
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
public final class QueuesAutoConfiguration {
    @Bean
    @ConditionalOnBean(Relay.class)
    QueueSection queueSection(List<Relay> relays) {
        return new QueueSection(relays);
    }

    /** Without a relay the list is empty. */
    @Bean
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    QueueController queueController(ObjectProvider<Relay> relays) {
        return new QueueController(relays.orderedStream().toList());
    }

    /** Meters, where Micrometer is there. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    @ConditionalOnBean({Relay.class, MeterRegistry.class})
    static class Meters {
        @Bean
        QueueMeters queueMeters(List<Relay> relays, MeterRegistry registry, Mooring mooring) {
            QueueMeters meters = new QueueMeters(relays, registry);
            mooring.addListener(meters::on);
            return meters;
        }
    }
}

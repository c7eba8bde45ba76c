package dev.mooring.operations.queues;

import dev.mooring.Mooring;
import dev.mooring.messages.Backlog;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Shows the queues of an application: those of its backlogs, if it has some. */
@AutoConfiguration(
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
public final class QueuesAutoConfiguration {
    @Bean
    @ConditionalOnBean(Backlog.class)
    QueueSection queueSection(List<Backlog> backlogs) {
        return new QueueSection(backlogs);
    }

    /** Without a relay the list is empty. */
    @Bean
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    QueueController queueController(ObjectProvider<Backlog> backlogs) {
        return new QueueController(backlogs.orderedStream().toList());
    }

    /** Meters, where Micrometer is there. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    @ConditionalOnBean({Backlog.class, MeterRegistry.class})
    static class Meters {
        @Bean
        QueueMeters queueMeters(List<Backlog> backlogs, MeterRegistry registry, Mooring mooring) {
            QueueMeters meters = new QueueMeters(backlogs, registry);
            mooring.addListener(meters::on);
            return meters;
        }
    }
}

package dev.mooring.spring.metrics;

import dev.mooring.Mooring;
import dev.mooring.spring.health.ServiceIdentity;
import dev.mooring.spring.supervision.SupervisionAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/**
 * Registers the meters of all dependencies, and one about the build, in the application's own meter registry. Off with {@code
 * mooring.metrics.enabled=false}.
 */
@AutoConfiguration(
        before = SupervisionAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration"
        })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnSingleCandidate(MeterRegistry.class)
@ConditionalOnBooleanProperty(name = "mooring.metrics.enabled", matchIfMissing = true)
public final class MetricsAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    EventMeters eventMeters(MeterRegistry registry) {
        return new EventMeters(registry);
    }

    @Bean
    @Lazy(false)
    @ConditionalOnMissingBean
    DependencyMeters dependencyMeters(Mooring mooring, MeterRegistry registry, EventMeters events) {
        return new DependencyMeters(mooring, registry, events);
    }

    @Bean
    @Lazy(false)
    @ConditionalOnMissingBean
    BuildMeter buildMeter(ObjectProvider<ServiceIdentity> identity, MeterRegistry registry) {
        return new BuildMeter(identity.getIfAvailable(BuildMeter::unknown), registry);
    }
}

package dev.mooring.registry.metrics;

import dev.mooring.registry.RegistrySettings;
import dev.mooring.settings.Settings;
import dev.mooring.spring.health.DetailedHealthAccess;
import dev.mooring.spring.request.FilterOrder;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Optional;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells metrics: to everybody where a setting says so, else to whom detailed health is told. */
@Configuration(proxyBeanMethods = false)
public class MetricsConfiguration {
    @Bean
    FilterRegistrationBean<MetricsFilter> metricsFilter(
            PrometheusRegistry metrics, DetailedHealthAccess access, Settings settings) {
        boolean open = settings.get(RegistrySettings.METRICS_PUBLIC);
        FilterRegistrationBean<MetricsFilter> registration =
                new FilterRegistrationBean<>(new MetricsFilter(metrics, open ? anybody -> Optional.empty() : access));
        registration.setOrder(FilterOrder.HEALTH.position());
        return registration;
    }
}

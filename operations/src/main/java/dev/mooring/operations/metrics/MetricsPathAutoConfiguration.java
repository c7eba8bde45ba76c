package dev.mooring.operations.metrics;

import dev.mooring.operations.OperationsSettings;
import dev.mooring.operations.access.AccessAutoConfiguration;
import dev.mooring.operations.access.EndpointScopes;
import dev.mooring.operations.access.Scope;
import dev.mooring.settings.Settings;
import dev.mooring.spring.health.DetailedHealthAccess;
import dev.mooring.spring.request.FilterOrder;
import dev.mooring.spring.request.ManagementPaths;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;

/** Serves {@code GET /metrics}: without a key if {@code METRICS_PUBLIC} is true, otherwise by the access rules of detailed health. */
@AutoConfiguration(after = {AccessAutoConfiguration.class, PrometheusMetricsExportAutoConfiguration.class})
@ConditionalOnClass({PrometheusRegistry.class, ExpositionFormats.class})
@ConditionalOnBean({PrometheusRegistry.class, DetailedHealthAccess.class})
public final class MetricsPathAutoConfiguration {
    @Bean
    EndpointScopes scopesOfMetrics() {
        return EndpointScopes.of(Scope.OPS_READ, Scope.OPS_ACT).at("/metrics");
    }

    @Bean
    ManagementPaths metricsOnManagementPort() {
        return path -> path.equals("/metrics");
    }

    @Bean
    FilterRegistrationBean<MetricsFilter> metricsFilter(
            PrometheusRegistry metrics, DetailedHealthAccess access, Settings settings) {
        boolean open = settings.get(OperationsSettings.METRICS_PUBLIC);
        FilterRegistrationBean<MetricsFilter> registration =
                new FilterRegistrationBean<>(new MetricsFilter(metrics, open ? access::refuseOpen : access));
        registration.setOrder(FilterOrder.HEALTH.position());
        return registration;
    }
}

package dev.mooring.spring.request;

import static jakarta.servlet.DispatcherType.ASYNC;
import static jakarta.servlet.DispatcherType.ERROR;
import static jakarta.servlet.DispatcherType.REQUEST;

import dev.mooring.settings.Settings;
import dev.mooring.spring.correlation.CorrelationFilter;
import dev.mooring.spring.environment.ServiceSettings;
import dev.mooring.spring.environment.SettingsAutoConfiguration;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.filter.CorsFilter;

/**
 * Gives every request an id, a deadline and a limit of size, and limits the number of concurrent requests. Off with {@code
 * mooring.request.enabled=false}. A filter bean of the application with the same name replaces the starter's.
 */
@AutoConfiguration(after = SettingsAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({Filter.class, CorsUtils.class})
@ConditionalOnBooleanProperty(name = "mooring.request.enabled", matchIfMissing = true)
public final class RequestAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean(name = "correlationFilter")
    FilterRegistrationBean<CorrelationFilter> correlationFilter() {
        FilterRegistrationBean<CorrelationFilter> filter = at(FilterOrder.CORRELATION, new CorrelationFilter());
        filter.setDispatcherTypes(EnumSet.of(REQUEST, ERROR, ASYNC));
        return filter;
    }

    @Bean
    @ConditionalOnMissingBean(name = "concurrencyLimitFilter")
    FilterRegistrationBean<ConcurrencyLimitFilter> concurrencyLimitFilter(
            Environment environment, ObjectProvider<UrgentRequests> urgent) {
        return at(
                FilterOrder.CONCURRENCY,
                new ConcurrencyLimitFilter(
                        RequestThreads.of(environment), urgent.orderedStream().toList()));
    }

    @Bean
    @ConditionalOnMissingBean(name = "deadlineFilter")
    FilterRegistrationBean<DeadlineFilter> deadlineFilter(Settings settings) {
        return at(FilterOrder.DEADLINE, new DeadlineFilter(settings.get(ServiceSettings.REQUEST_TIMEOUT)));
    }

    @Bean
    @ConditionalOnMissingBean(name = "bodyLimitFilter")
    FilterRegistrationBean<BodyLimitFilter> bodyLimitFilter(Settings settings) {
        return at(FilterOrder.SIZE, new BodyLimitFilter(settings.get(ServiceSettings.MAX_REQUEST_SIZE)));
    }

    @Bean
    @ConditionalOnMissingBean(name = "corsAllowedOrigins")
    FilterRegistrationBean<CorsFilter> corsAllowedOrigins(Settings settings) {
        List<String> origins = settings.get(ServiceSettings.CORS_ALLOWED_ORIGINS);
        FilterRegistrationBean<CorsFilter> filter = at(FilterOrder.CORS, ClosedCors.filter(origins));
        filter.setEnabled(!origins.isEmpty());
        return filter;
    }

    private static <F extends Filter> FilterRegistrationBean<F> at(FilterOrder place, F filter) {
        FilterRegistrationBean<F> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(place.position());
        return registration;
    }
}

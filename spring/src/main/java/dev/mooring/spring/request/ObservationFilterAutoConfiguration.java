package dev.mooring.spring.request;

import static jakarta.servlet.DispatcherType.ASYNC;
import static jakarta.servlet.DispatcherType.REQUEST;

import io.micrometer.observation.ObservationRegistry;
import java.util.EnumSet;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingFilterBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.WebMvcObservationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.http.server.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerRequestObservationConvention;
import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * Moves Spring's measurement of requests behind the health filter: health requests come thousands of times a minute, and their
 * duration is of no interest. Requests that the concurrency limit refuses are measured.
 */
@AutoConfiguration(after = ObservationAutoConfiguration.class, before = WebMvcObservationAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({
    ObservationRegistry.class,
    ObservationProperties.class,
    ServerHttpObservationFilter.class,
    WebMvcObservationAutoConfiguration.class
})
@ConditionalOnBean(ObservationRegistry.class)
@ConditionalOnBooleanProperty("mooring.request.enabled")
@EnableConfigurationProperties(ObservationProperties.class)
public final class ObservationFilterAutoConfiguration {
    @Bean
    @ConditionalOnMissingFilterBean
    FilterRegistrationBean<ServerHttpObservationFilter> webMvcObservationFilter(
            ObservationRegistry registry,
            ObjectProvider<ServerRequestObservationConvention> own,
            ObservationProperties properties) {
        String name = properties.getHttp().getServer().getRequests().getName();
        FilterRegistrationBean<ServerHttpObservationFilter> registration =
                new FilterRegistrationBean<>(new ServerHttpObservationFilter(
                        registry, own.getIfAvailable(() -> new DefaultServerRequestObservationConvention(name))));
        registration.setOrder(FilterOrder.OBSERVATION.position());
        registration.setDispatcherTypes(EnumSet.of(REQUEST, ASYNC));
        return registration;
    }
}

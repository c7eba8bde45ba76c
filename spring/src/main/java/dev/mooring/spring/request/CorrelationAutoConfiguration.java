package dev.mooring.spring.request;

import static jakarta.servlet.DispatcherType.ASYNC;
import static jakarta.servlet.DispatcherType.ERROR;
import static jakarta.servlet.DispatcherType.REQUEST;

import dev.mooring.spring.correlation.CorrelationFilter;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;

/** Gives every request an id. On with {@code mooring.correlation.enabled=true}. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(Filter.class)
@ConditionalOnBooleanProperty("mooring.correlation.enabled")
public final class CorrelationAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean(name = "correlationFilter")
    FilterRegistrationBean<CorrelationFilter> correlationFilter() {
        FilterRegistrationBean<CorrelationFilter> filter = FilterOrder.CORRELATION.register(new CorrelationFilter());
        filter.setDispatcherTypes(EnumSet.of(REQUEST, ERROR, ASYNC));
        return filter;
    }
}

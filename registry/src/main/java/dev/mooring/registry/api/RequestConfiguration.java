package dev.mooring.registry.api;

import dev.mooring.spring.request.ReadableQueryFilter;
import dev.mooring.spring.request.RequestMemory;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Filters that every request of this service passes, besides those of the starter. */
@Configuration(proxyBeanMethods = false)
public class RequestConfiguration {
    @Bean
    FilterRegistrationBean<?> readableQueryFilter() {
        return ReadableQueryFilter.filter();
    }

    @Bean
    FilterRegistrationBean<?> requestMemoryFilter() {
        return RequestMemory.filter();
    }
}

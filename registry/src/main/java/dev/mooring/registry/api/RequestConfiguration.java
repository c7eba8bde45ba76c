package dev.mooring.registry.api;

import dev.mooring.spring.body.AcceptedForm;
import dev.mooring.spring.body.KnownParameters;
import dev.mooring.spring.request.ReadableQueryFilter;
import dev.mooring.spring.request.RequestMemory;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/** What every request and every answer of this service passes, besides the parts of the starter. */
@Configuration(proxyBeanMethods = false)
public class RequestConfiguration {
    private static final String[] CALLS = {"/models/**", "/registrations/**", "/ops/**"};

    @Bean
    FilterRegistrationBean<?> readableQueryFilter() {
        return ReadableQueryFilter.filter();
    }

    @Bean
    FilterRegistrationBean<?> requestMemoryFilter() {
        return RequestMemory.filter();
    }

    /** Not on the paths of MLflow, which ignores such parameters. */
    @Bean
    WebMvcConfigurer knownParameters() {
        return KnownParameters.on(CALLS);
    }

    /** Not on the paths of MLflow, which ignores the header. */
    @Bean
    WebMvcConfigurer acceptedForm() {
        return AcceptedForm.json(CALLS);
    }

    @Bean
    WebMvcConfigurer jsonLines(JsonMapper mapper) {
        return new WebMvcConfigurer() {
            @Override
            public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
                converters.withJsonConverter(new JsonLine(mapper));
            }
        };
    }
}

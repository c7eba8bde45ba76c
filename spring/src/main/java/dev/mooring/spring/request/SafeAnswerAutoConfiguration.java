package dev.mooring.spring.request;

import dev.mooring.spring.problem.SafeAnswer;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;

/**
 * Adds headers for browsers to every answer; health and problems have them in any case. On with {@code mooring.headers.enabled=true}. A
 * filter bean of the application with the same name replaces the starter's.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(Filter.class)
@ConditionalOnBooleanProperty("mooring.headers.enabled")
public final class SafeAnswerAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean(name = "safeAnswerFilter")
    FilterRegistrationBean<Filter> safeAnswerFilter() {
        Filter filter = (request, response, chain) -> {
            SafeAnswer.mark((HttpServletResponse) response);
            chain.doFilter(request, response);
        };
        // Behind health, which needs no other filter, and before all that may answer.
        return FilterOrder.OBSERVATION.register(filter);
    }
}

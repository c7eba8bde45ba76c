package dev.mooring.spring.request;

import dev.mooring.settings.Settings;
import dev.mooring.spring.environment.ServiceSettings;
import dev.mooring.spring.environment.SettingsAutoConfiguration;
import jakarta.servlet.Filter;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.filter.CorsFilter;

/** Lets web pages of the origins in {@code mooring.cors-allowed-origins} call the service. Without such an origin, there is no filter. */
@AutoConfiguration(after = SettingsAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({Filter.class, CorsUtils.class})
public final class CorsAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean(name = "corsAllowedOrigins")
    FilterRegistrationBean<CorsFilter> corsAllowedOrigins(Settings settings) {
        List<String> origins = settings.get(ServiceSettings.CORS_ALLOWED_ORIGINS);
        FilterRegistrationBean<CorsFilter> filter = FilterOrder.CORS.register(ClosedCors.filter(origins));
        filter.setEnabled(!origins.isEmpty());
        return filter;
    }
}

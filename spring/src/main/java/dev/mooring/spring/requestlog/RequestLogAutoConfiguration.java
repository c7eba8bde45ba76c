package dev.mooring.spring.requestlog;

import dev.mooring.Mooring;
import dev.mooring.settings.Settings;
import dev.mooring.spring.environment.LoggedRequests;
import dev.mooring.spring.environment.ServiceSettings;
import dev.mooring.spring.environment.SettingsAutoConfiguration;
import dev.mooring.spring.request.FilterOrder;
import jakarta.servlet.Filter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.HandlerMapping;

/** Logs requests as {@code LOG_REQUESTS} says. On with {@code mooring.logging.enabled=true}. */
@AutoConfiguration(after = SettingsAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({Filter.class, HandlerMapping.class})
@ConditionalOnBooleanProperty("mooring.logging.enabled")
public final class RequestLogAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean(name = "requestLog")
    FilterRegistrationBean<RequestLog> requestLog(Settings settings, ObjectProvider<Mooring> mooring) {
        LoggedRequests logged = settings.get(ServiceSettings.LOG_REQUESTS);
        KnownOutages outages = new KnownOutages(() -> mooring.getObject().health());
        FilterRegistrationBean<RequestLog> registration =
                new FilterRegistrationBean<>(new RequestLog(logged, outages, System::nanoTime));
        registration.setOrder(FilterOrder.LOG.position());
        registration.setEnabled(logged != LoggedRequests.NONE);
        return registration;
    }
}

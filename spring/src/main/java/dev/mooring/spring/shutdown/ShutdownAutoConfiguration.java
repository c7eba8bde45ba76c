package dev.mooring.spring.shutdown;

import dev.mooring.Mooring;
import dev.mooring.settings.Settings;
import dev.mooring.spring.environment.ServiceSettings;
import dev.mooring.spring.environment.SettingsAutoConfiguration;
import dev.mooring.spring.request.FilterOrder;
import dev.mooring.spring.supervision.SupervisionAutoConfiguration;
import jakarta.servlet.Filter;
import java.time.Duration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * Drains requests before the process ends. Off with {@code mooring.shutdown.enabled=false}. With {@code
 * mooring.shutdown.on-close=true} it also drains when the application closes its context itself.
 */
@AutoConfiguration(after = {SettingsAutoConfiguration.class, SupervisionAutoConfiguration.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(Filter.class)
@ConditionalOnBooleanProperty(name = "mooring.shutdown.enabled", matchIfMissing = true)
public final class ShutdownAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    Drain mooringDrain(Mooring mooring, Settings settings, ApplicationContext context) {
        Duration delay = DrainDelay.of(settings, context);
        boolean onClose = settings.get(ServiceSettings.DRAIN_ON_CLOSE);
        return new Drain(mooring, delay, () -> onClose || ProcessEnd.hasBegun());
    }

    @Bean
    @ConditionalOnMissingBean(name = "drainFilter")
    FilterRegistrationBean<DrainFilter> drainFilter(Drain drain) {
        FilterRegistrationBean<DrainFilter> registration = new FilterRegistrationBean<>(new DrainFilter(drain));
        registration.setOrder(FilterOrder.DRAIN.position());
        return registration;
    }
}

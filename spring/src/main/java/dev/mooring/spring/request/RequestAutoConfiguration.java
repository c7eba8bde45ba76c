package dev.mooring.spring.request;

import dev.mooring.settings.Settings;
import dev.mooring.spring.environment.ServiceSettings;
import dev.mooring.spring.environment.SettingsAutoConfiguration;
import jakarta.servlet.Filter;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnThreading;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.thread.Threading;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Gives every request a deadline and a limit of size, and limits the number of concurrent requests where platform threads serve them.
 * On with {@code mooring.request.enabled=true}. A filter bean of the application with the same name replaces the starter's.
 */
@AutoConfiguration(after = SettingsAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(Filter.class)
@ConditionalOnBooleanProperty("mooring.request.enabled")
public final class RequestAutoConfiguration {
    @Bean
    @ConditionalOnThreading(Threading.PLATFORM)
    @ConditionalOnMissingBean(name = "concurrencyLimitFilter")
    FilterRegistrationBean<ConcurrencyLimitFilter> concurrencyLimitFilter(
            Environment environment, ListableBeanFactory beans, ObjectProvider<UrgentRequests> urgent) {
        return FilterOrder.CONCURRENCY.register(new ConcurrencyLimitFilter(
                RequestThreads.of(environment, beans), urgent.orderedStream().toList()));
    }

    @Bean
    @ConditionalOnMissingBean(name = "deadlineFilter")
    FilterRegistrationBean<DeadlineFilter> deadlineFilter(Settings settings, ObjectProvider<OwnLimits> own) {
        return FilterOrder.DEADLINE.register(
                new DeadlineFilter(settings.get(ServiceSettings.REQUEST_TIMEOUT), all(own)));
    }

    @Bean
    @ConditionalOnMissingBean(name = "bodyLimitFilter")
    FilterRegistrationBean<BodyLimitFilter> bodyLimitFilter(Settings settings, ObjectProvider<OwnLimits> own) {
        return FilterOrder.SIZE.register(new BodyLimitFilter(
                settings.get(ServiceSettings.MAX_REQUEST_SIZE),
                settings.get(ServiceSettings.REQUEST_TIMEOUT),
                all(own)));
    }

    private static OwnLimits all(ObjectProvider<OwnLimits> own) {
        return OwnLimits.firstOf(own.orderedStream().toList());
    }
}

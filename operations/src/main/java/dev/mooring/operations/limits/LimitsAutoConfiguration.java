package dev.mooring.operations.limits;

import dev.mooring.operations.OperationsSettings;
import dev.mooring.operations.access.AccessAutoConfiguration;
import dev.mooring.operations.access.ScopeRules;
import dev.mooring.operations.access.ValidatedKeys;
import dev.mooring.settings.Settings;
import dev.mooring.time.Time;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.annotation.Bean;

/** Limits the requests of each caller to {@code RATE_LIMIT_PER_MINUTE}, and to what the auth service allows its key. */
@AutoConfiguration(after = AccessAutoConfiguration.class)
@ConditionalOnBean(ScopeRules.class)
public final class LimitsAutoConfiguration {
    /** The filter is only there where some key can have a limit; a start without limits loads nothing of it. */
    @Bean
    ServletContextInitializer rateLimits(Settings settings, ScopeRules rules, ObjectProvider<ValidatedKeys> elsewhere) {
        Optional<Quota> all =
                settings.find(OperationsSettings.RATE_LIMIT_PER_MINUTE).map(Quota::perMinute);
        if (all.isEmpty() && !elsewhere.getIfAvailable(ValidatedKeys::none).areInUse()) {
            return application -> {};
        }
        FilterRegistrationBean<RateLimitFilter> filter =
                new FilterRegistrationBean<>(new RateLimitFilter(rules, new RateLimits(Time.system()), all));
        filter.setOrder(AccessAutoConfiguration.ORDER + 1);
        return filter;
    }
}

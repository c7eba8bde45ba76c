package dev.mooring.operations.limits;

import dev.mooring.operations.OperationsSettings;
import dev.mooring.operations.access.AccessAutoConfiguration;
import dev.mooring.operations.access.ScopeRules;
import dev.mooring.settings.Settings;
import dev.mooring.time.Time;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;

/** Limits the requests of each caller to {@code RATE_LIMIT_PER_MINUTE}, and to what the auth service allows its key. */
@AutoConfiguration(after = AccessAutoConfiguration.class)
@ConditionalOnBean(ScopeRules.class)
public final class LimitsAutoConfiguration {
    @Bean
    FilterRegistrationBean<RateLimitFilter> rateLimitFilter(Settings settings, ScopeRules rules) {
        FilterRegistrationBean<RateLimitFilter> filter = new FilterRegistrationBean<>(new RateLimitFilter(
                rules,
                new RateLimits(Time.system()),
                settings.find(OperationsSettings.RATE_LIMIT_PER_MINUTE).map(Quota::perMinute)));
        filter.setOrder(AccessAutoConfiguration.ORDER + 1);
        return filter;
    }
}

package dev.mooring.spring.actuator;

import dev.mooring.Mooring;
import dev.mooring.spring.health.HealthNotice;
import dev.mooring.spring.supervision.SupervisionAutoConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * Publishes the health report as Actuator's indicator {@code mooring}. Off with {@code
 * management.health.mooring.enabled=false}.
 */
@AutoConfiguration(after = SupervisionAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnEnabledHealthIndicator("mooring")
public final class ActuatorAutoConfiguration {
    @Bean
    @ConditionalOnBean(Mooring.class)
    @ConditionalOnMissingBean(name = "mooringHealthIndicator")
    ReportIndicator mooringHealthIndicator(Mooring mooring, ObjectProvider<HealthNotice> notices) {
        return new ReportIndicator(mooring, notices.orderedStream().toList());
    }
}

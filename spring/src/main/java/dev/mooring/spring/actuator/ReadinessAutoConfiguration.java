package dev.mooring.spring.actuator;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * Adds the indicator {@code mooring} to Actuator's group {@code readiness}. An application that says itself what the group includes
 * ({@code management.endpoint.health.group.readiness.include} or {@code .exclude}) has exactly that.
 */
@AutoConfiguration(after = {ActuatorAutoConfiguration.class, AvailabilityProbesAutoConfiguration.class})
@ConditionalOnClass({HealthEndpointGroupsPostProcessor.class, AvailabilityProbesAutoConfiguration.class})
@ConditionalOnBean(name = "mooringHealthIndicator")
@Conditional(ReadinessIsBoots.class)
public final class ReadinessAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    static ReadinessWithReport readinessWithReport() {
        return new ReadinessWithReport();
    }
}

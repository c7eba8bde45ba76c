package dev.mooring.spring.actuator;

import dev.mooring.Mooring;
import dev.mooring.spring.supervision.SupervisionAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.context.annotation.Bean;

/** Makes Boot's readiness state follow the health report. */
@AutoConfiguration(after = SupervisionAutoConfiguration.class, before = ApplicationAvailabilityAutoConfiguration.class)
public final class AvailabilityAutoConfiguration {
    @Bean
    @ConditionalOnBean(Mooring.class)
    @ConditionalOnMissingBean(ApplicationAvailability.class)
    MooringAvailability mooringAvailability(Mooring mooring) {
        return new MooringAvailability(mooring);
    }
}

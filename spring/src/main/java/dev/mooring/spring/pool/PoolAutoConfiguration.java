package dev.mooring.spring.pool;

import dev.mooring.spring.health.HealthAutoConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Shows the figures of all connection pools in {@code /health/detailed}. */
@AutoConfiguration(before = HealthAutoConfiguration.class)
public final class PoolAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    PoolSection poolSection(ObjectProvider<ConnectionPools> pools) {
        return new PoolSection(pools.orderedStream().toList());
    }
}

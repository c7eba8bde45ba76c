package dev.mooring.spring.actuator;

import dev.mooring.Mooring;
import dev.mooring.postgres.Postgres;
import dev.mooring.spring.supervision.SupervisionAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.jdbc.autoconfigure.health.DataSourceHealthContributorAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Answers Actuator's indicator {@code db} from memory when the database is supervised. */
@AutoConfiguration(
        after = SupervisionAutoConfiguration.class,
        before = DataSourceHealthContributorAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnEnabledHealthIndicator("db")
public final class DatabaseHealthAutoConfiguration {
    @Bean
    @ConditionalOnBean({Mooring.class, Postgres.class})
    @ConditionalOnMissingBean(name = {"dbHealthIndicator", "dbHealthContributor"})
    DatabaseIndicator dbHealthContributor(Mooring mooring, Postgres postgres) {
        return new DatabaseIndicator(mooring, postgres.dependency().name());
    }
}

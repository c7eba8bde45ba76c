package dev.mooring.spring.actuator;

import dev.mooring.Mooring;
import dev.mooring.spring.postgres.Databases;
import dev.mooring.spring.supervision.SupervisionAutoConfiguration;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.SimpleAutowireCandidateResolver;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.health.DataSourceHealthContributorAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.health.DataSourceHealthIndicatorProperties;
import org.springframework.boot.jdbc.metadata.CompositeDataSourcePoolMetadataProvider;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider;
import org.springframework.context.annotation.Bean;

/**
 * Publishes Actuator's {@code db} as Boot does, with the same names, but answers for supervised data sources from memory. Every other data
 * source has Boot's own check.
 */
@AutoConfiguration(
        after = {DataSourceAutoConfiguration.class, SupervisionAutoConfiguration.class},
        before = DataSourceHealthContributorAutoConfiguration.class)
@ConditionalOnClass({
    HealthIndicator.class,
    ConditionalOnEnabledHealthIndicator.class,
    DataSourceHealthContributorAutoConfiguration.class
})
@ConditionalOnBean({Databases.class, Mooring.class, DataSource.class})
@ConditionalOnEnabledHealthIndicator("db")
@EnableConfigurationProperties(DataSourceHealthIndicatorProperties.class)
public final class DatabaseHealthAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean(name = {"dbHealthIndicator", "dbHealthContributor"})
    HealthContributor dbHealthContributor(
            ConfigurableListableBeanFactory beans,
            Mooring mooring,
            Databases databases,
            DataSourceHealthIndicatorProperties properties,
            ObjectProvider<DataSourcePoolMetadataProvider> metadata) {
        Map<String, DataSource> sources =
                SimpleAutowireCandidateResolver.resolveAutowireCandidates(beans, DataSource.class, false, true);
        DatabaseContributors contributors = new DatabaseContributors(
                mooring,
                databases,
                new CompositeDataSourcePoolMetadataProvider(
                        metadata.orderedStream().toList()));
        return contributors.of(sources, properties.isIgnoreRoutingDataSources());
    }
}

package dev.mooring.spring.postgres;

import dev.mooring.Dependency;
import dev.mooring.Mooring;
import dev.mooring.postgres.Postgres;
import dev.mooring.postgres.PostgresBuilder;
import dev.mooring.postgres.settings.PostgresSettings;
import dev.mooring.settings.InvalidSettingsException;
import dev.mooring.settings.Settings;
import dev.mooring.spring.environment.SettingsAutoConfiguration;
import dev.mooring.spring.environment.StartFailedException;
import dev.mooring.spring.health.HealthAutoConfiguration;
import dev.mooring.spring.supervision.SupervisionAutoConfiguration;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * Creates a supervised {@code DataSource} when the address of a database is set. A {@code DataSource} or {@code Postgres} of
 * the application replaces it. Creating these beans does not use the network.
 */
@AutoConfiguration(
        after = SettingsAutoConfiguration.class,
        before = {DataSourceAutoConfiguration.class, SupervisionAutoConfiguration.class, HealthAutoConfiguration.class})
public final class PostgresAutoConfiguration {
    @Bean
    @Conditional(DatabaseAddressCondition.class)
    @ConditionalOnMissingBean({DataSource.class, Postgres.class, PostgresSettings.class})
    PostgresSettings postgresSettings(Settings settings) {
        try {
            return PostgresSettings.from(settings);
        } catch (InvalidSettingsException mistakes) {
            throw StartFailedException.of(mistakes);
        }
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnBean(PostgresSettings.class)
    @ConditionalOnMissingBean({DataSource.class, Postgres.class})
    Postgres postgres(PostgresSettings settings, ObjectProvider<StartTaskOfDatabase> tasks) {
        DnsCache.warnIfItPins();
        PostgresBuilder plan = Postgres.with(settings);
        tasks.orderedStream().forEach(one -> plan.startTask(one.name(), one.task()));
        return plan.build();
    }

    @Bean
    @ConditionalOnBean(Postgres.class)
    @ConditionalOnMissingBean
    DataSource dataSource(Postgres postgres) {
        return postgres.dataSource();
    }

    @Bean
    @ConditionalOnBean(Postgres.class)
    @ConditionalOnMissingBean(name = "databaseDependency")
    Dependency databaseDependency(Postgres postgres) {
        return postgres.dependency();
    }

    @Bean
    @ConditionalOnBean(Postgres.class)
    @ConditionalOnMissingBean
    PoolSection poolSection(ObjectProvider<Postgres> databases) {
        return new PoolSection(databases.orderedStream().toList());
    }

    @Bean
    @ConditionalOnBean(Postgres.class)
    @ConditionalOnMissingBean
    WaitAtStart waitAtStart(Postgres postgres, Mooring mooring) {
        return new WaitAtStart(postgres, mooring);
    }
}

package dev.mooring.spring.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.mooring.Dependency;
import dev.mooring.Mooring;
import dev.mooring.postgres.Postgres;
import dev.mooring.spring.environment.SettingsAutoConfiguration;
import dev.mooring.spring.health.HealthAutoConfiguration;
import dev.mooring.spring.supervision.SupervisionAutoConfiguration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * Supervises the data sources that the application has anyway: Boot's own one, and those that the application asks it to ({@link
 * Supervised}). Boot makes and configures them; Mooring takes their place when they are complete.
 */
@AutoConfiguration(
        after = {SettingsAutoConfiguration.class, DataSourceAutoConfiguration.class},
        before = {SupervisionAutoConfiguration.class, HealthAutoConfiguration.class})
public final class SupervisedDataSourceAutoConfiguration {
    @Bean
    static SupervisedDataSources supervisedDataSources(ConfigurableListableBeanFactory beans, Environment environment) {
        return new SupervisedDataSources(beans, environment);
    }

    @Bean
    static DatabaseInitializers databaseInitializers(
            ConfigurableListableBeanFactory beans, SupervisedDataSources sources) {
        return new DatabaseInitializers(beans, sources.databases());
    }

    @Bean
    static DialectHints dialectHints(ConfigurableListableBeanFactory beans, SupervisedDataSources sources) {
        return new DialectHints(beans, sources);
    }

    @Bean
    static EntityManagerFactories entityManagerFactories(SupervisedDataSources sources) {
        return new EntityManagerFactories(sources.databases());
    }

    @Bean
    Databases mooringDatabases(SupervisedDataSources sources) {
        return sources.databases();
    }

    @Bean
    NotSupervised notSupervisedDataSources(SupervisedDataSources sources) {
        return sources.others();
    }

    @Bean
    @Lazy(false)
    StartLine startLine(Mooring mooring, SupervisedDataSources sources) {
        return new StartLine(mooring, sources);
    }

    /** The database behind Boot's own data source, for code that asks for it. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(Postgres.class)
    @ConditionalOnSingleCandidate(HikariDataSource.class)
    @Conditional(BootNamesPostgres.class)
    static class BehindBoots {
        /** Null where the data source turned out to be one that Mooring cannot supervise. */
        @Bean(destroyMethod = "")
        @Lazy
        @Nullable
        Postgres postgres(DataSource source, Databases databases) {
            return databases.of(source).map(SupervisedDatabase::postgres).orElse(null);
        }

        @Bean
        @Lazy
        @ConditionalOnMissingBean(name = "databaseDependency")
        @Nullable
        Dependency databaseDependency(DataSource source, Databases databases) {
            return databases.of(source).map(one -> one.postgres().dependency()).orElse(null);
        }
    }
}

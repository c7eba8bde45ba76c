package dev.mooring.spring.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.mooring.Dependency;
import dev.mooring.Mooring;
import dev.mooring.postgres.Postgres;
import dev.mooring.postgres.settings.PostgresSettings;
import dev.mooring.settings.InvalidSettingsException;
import dev.mooring.settings.Settings;
import dev.mooring.spring.environment.SettingsAutoConfiguration;
import dev.mooring.spring.environment.StartFailedException;
import dev.mooring.spring.health.HealthAutoConfiguration;
import dev.mooring.spring.supervision.SupervisionAutoConfiguration;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * Creates a supervised {@code DataSource} from {@code DATABASE_*} or {@code mooring.database.*}, where neither {@code
 * spring.datasource.url} nor connection details name a database. A {@code DataSource} or {@code Postgres} of the application replaces it.
 * Creating these beans does not use the network.
 */
@AutoConfiguration(
        after = SettingsAutoConfiguration.class,
        before = {
            DataSourceAutoConfiguration.class,
            SupervisedDataSourceAutoConfiguration.class,
            SupervisionAutoConfiguration.class,
            HealthAutoConfiguration.class
        })
public final class PostgresAutoConfiguration {
    @Bean
    @Conditional(DatabaseAddressCondition.class)
    @ConditionalOnMissingBean({DataSource.class, Postgres.class, PostgresSettings.class, JdbcConnectionDetails.class})
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
    Postgres postgres(PostgresSettings settings, SupervisedDataSources sources) {
        return sources.build(Postgres.with(settings), true);
    }

    /** Spring does not close it: it closes the {@code Postgres}. */
    @Bean(destroyMethod = "")
    @ConditionalOnBean(Postgres.class)
    @ConditionalOnMissingBean(DataSource.class)
    HikariDataSource dataSource(Postgres postgres) {
        return postgres.dataSource();
    }

    @Bean
    @ConditionalOnBean(Postgres.class)
    @ConditionalOnMissingBean(name = "databaseDependency")
    Dependency databaseDependency(Postgres postgres) {
        return postgres.dependency();
    }

    /** For a {@code Postgres} of the application; with one of the starter the first bean that needs it waits. */
    @Bean
    @ConditionalOnBean(Postgres.class)
    @ConditionalOnMissingBean({WaitAtStart.class, PostgresSettings.class})
    WaitAtStart waitAtStart(Postgres postgres, Mooring mooring) {
        return new WaitAtStart(postgres, mooring);
    }
}

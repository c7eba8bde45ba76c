package dev.mooring.spring.postgres;

import dev.mooring.postgres.Postgres;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;

/**
 * Runs Boot's Flyway as a start task of the database. The application starts without waiting for the migrations; they run as
 * soon as the database is reachable, and the service is not ready before they are done. A {@code FlywayMigrationStrategy} of
 * the application replaces this.
 */
@AutoConfiguration(
        before = {
            PostgresAutoConfiguration.class,
            org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration.class
        })
@ConditionalOnClass({Flyway.class, FlywayMigrationStrategy.class, Postgres.class})
@Conditional(DatabaseAddressCondition.class)
@ConditionalOnBooleanProperty(name = "spring.flyway.enabled", matchIfMissing = true)
@ConditionalOnMissingBean(FlywayMigrationStrategy.class)
public final class FlywayAutoConfiguration {
    @Bean
    FlywayMigrationStrategy migrateWhenTheDatabaseIsThere() {
        return flyway -> {};
    }

    @Bean
    FlywayTask flywayTask(ObjectProvider<Flyway> flyways, Environment environment) {
        boolean ownDataSource =
                environment.containsProperty("spring.flyway.url") || environment.containsProperty("spring.flyway.user");
        return new FlywayTask(flyways, ownDataSource);
    }

    @Bean
    StartTaskOfDatabase migrations(FlywayTask task) {
        return new StartTaskOfDatabase("migration", task);
    }
}

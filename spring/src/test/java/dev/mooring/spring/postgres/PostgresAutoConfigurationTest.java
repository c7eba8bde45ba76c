package dev.mooring.spring.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.mooring.Dependency;
import dev.mooring.Mooring;
import dev.mooring.embedded.machine.FreePort;
import dev.mooring.postgres.Postgres;
import dev.mooring.postgres.settings.PostgresSettings;
import dev.mooring.settings.InvalidSettingsException;
import dev.mooring.spring.actuator.DatabaseHealthAutoConfiguration;
import dev.mooring.spring.environment.SettingsAutoConfiguration;
import dev.mooring.spring.health.DetailSection;
import dev.mooring.spring.pool.PoolAutoConfiguration;
import dev.mooring.spring.supervision.SupervisionAutoConfiguration;
import java.sql.SQLTransientConnectionException;
import javax.sql.DataSource;
import org.assertj.core.api.Assertions;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.health.DataSourceHealthContributorAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@Timeout(60)
class PostgresAutoConfigurationTest {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    SettingsAutoConfiguration.class,
                    SupervisionAutoConfiguration.class,
                    PostgresAutoConfiguration.class,
                    SupervisedDataSourceAutoConfiguration.class,
                    PoolAutoConfiguration.class));

    private final ApplicationContextRunner withAddress = runner.withPropertyValues(
            "mooring.database.host=127.0.0.1",
            "mooring.database.port=" + FreePort.choose(),
            "mooring.database.name=app");

    @Test
    void addressSet_givesASupervisedDataSource_whileTheDatabaseIsAway() {
        withAddress
                .withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class))
                .run(context -> {
                    assertThat(context)
                            .hasNotFailed()
                            .hasSingleBean(Postgres.class)
                            .hasSingleBean(DataSource.class);
                    assertThat(context.getBean(Mooring.class).dependencies())
                            .extracting(Dependency::name)
                            .containsExactly("database");
                    long began = System.nanoTime();
                    Assertions.assertThatThrownBy(
                                    () -> context.getBean(DataSource.class).getConnection())
                            .isInstanceOf(SQLTransientConnectionException.class);
                    long took = (System.nanoTime() - began) / 1_000_000;
                    System.out.println("measured refusal while the database is away: " + took + " ms (at most 500 ms)");
                    assertThat(took).isLessThan(500);
                });
    }

    @Test
    void actuatorsCheckOfTheDatabase_isAnsweredFromMemory_whileTheDatabaseIsAway() {
        withAddress
                .withConfiguration(AutoConfigurations.of(
                        DatabaseHealthAutoConfiguration.class, DataSourceHealthContributorAutoConfiguration.class))
                .run(context -> {
                    HealthIndicator database = context.getBean("dbHealthContributor", HealthIndicator.class);
                    await().until(() -> database.health().getStatus().equals(Status.DOWN));
                    long began = System.nanoTime();
                    assertThat(database.health().getDetails()).containsEntry("last_failure", "connection_refused");
                    long took = (System.nanoTime() - began) / 1_000_000;
                    System.out.println(
                            "measured Actuator's db while the database is away: " + took + " ms (at most 500 ms)");
                    assertThat(took).isLessThan(500);
                });
    }

    @Test
    void pool_isTold() {
        withAddress.run(context -> assertThat(
                        context.getBean(DetailSection.class).read().text())
                .startsWith("{\"database\":{\"active\":0,")
                .contains("\"max\":20"));
    }

    @Test
    void noAddress_backsOff() {
        runner.run(context -> assertThat(context).doesNotHaveBean(Postgres.class));
    }

    @Test
    void dataSourceOfTheApplication_wins() {
        withAddress.withUserConfiguration(OwnDataSource.class).run(context -> {
            assertThat(context).doesNotHaveBean(Postgres.class);
            assertThat(context.getBean(DataSource.class)).isInstanceOf(DriverManagerDataSource.class);
        });
    }

    @Test
    void nameMissing_failsWithTheMessageOfTheSettings() {
        runner.withPropertyValues("mooring.database.host=127.0.0.1")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasRootCauseInstanceOf(InvalidSettingsException.class)
                        .rootCause()
                        .hasMessageContaining("DATABASE_NAME is not set"));
    }

    @Test
    void flywayMissing_isNotMissed() {
        withAddress
                .withClassLoader(new FilteredClassLoader(Flyway.class))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(Postgres.class));
    }

    @Test
    void bootsUrl_winsOverAnAddressOfOurs() {
        withAddress
                .withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class))
                .withPropertyValues("spring.datasource.url=jdbc:postgresql://127.0.0.1:1/boots")
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean(PostgresSettings.class);
                    assertThat(context.getBean(HikariDataSource.class).getJdbcUrl())
                            .endsWith("/boots");
                    assertThat(context.getBean(Mooring.class).dependency("database"))
                            .isPresent();
                });
    }

    @Test
    void connectionDetails_winOverAnAddressOfOurs() {
        withAddress
                .withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class))
                .withBean(JdbcConnectionDetails.class, Details::new)
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean(PostgresSettings.class);
                    HikariDataSource pool = context.getBean(HikariDataSource.class);
                    assertThat(pool.getJdbcUrl()).endsWith("/of_the_details");
                    assertThat(pool.getUsername()).isEqualTo("somebody");
                });
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnDataSource {
        @Bean
        DataSource dataSource() {
            return new DriverManagerDataSource("jdbc:postgresql://127.0.0.1/own");
        }
    }

    private static final class Details implements JdbcConnectionDetails {
        @Override
        public String getUsername() {
            return "somebody";
        }

        @Override
        public String getPassword() {
            return "secret";
        }

        @Override
        public String getJdbcUrl() {
            return "jdbc:postgresql://127.0.0.1:1/of_the_details";
        }
    }
}

package dev.mooring.spring.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.mooring.Dependency;
import dev.mooring.Mooring;
import dev.mooring.event.MooringEvent;
import dev.mooring.event.MooringListener;
import dev.mooring.postgres.Postgres;
import dev.mooring.spring.actuator.ActuatorAutoConfiguration;
import dev.mooring.spring.actuator.DatabaseHealthAutoConfiguration;
import dev.mooring.spring.environment.SettingsAutoConfiguration;
import dev.mooring.spring.environment.StartFailedException;
import dev.mooring.spring.supervision.SupervisionAutoConfiguration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.health.DataSourceHealthIndicator;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Scope;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;
import org.springframework.util.ClassUtils;

/** Which data sources of an application Mooring takes the place of, and what the application sees. No server is needed. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class SupervisedDataSourcesTest {
    private static final String URL = "jdbc:postgresql://127.0.0.1:1/shop?currentSchema=stock&sslmode=disable";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    SettingsAutoConfiguration.class,
                    SupervisionAutoConfiguration.class,
                    PostgresAutoConfiguration.class,
                    SupervisedDataSourceAutoConfiguration.class,
                    DataSourceAutoConfiguration.class,
                    ActuatorAutoConfiguration.class,
                    DatabaseHealthAutoConfiguration.class));

    private final ApplicationContextRunner boots = runner.withPropertyValues("spring.datasource.url=" + URL);

    @Test
    void bootsDataSource_isSupervised_asItIsConfigured() {
        boots.withPropertyValues(
                        "spring.datasource.username=clerk",
                        "spring.datasource.hikari.auto-commit=false",
                        "spring.datasource.hikari.schema=other",
                        "spring.datasource.hikari.idle-timeout=0",
                        "spring.datasource.hikari.pool-name=mine",
                        "spring.datasource.hikari.connection-init-sql=select 1",
                        "spring.datasource.hikari.data-source-properties.stringtype=unspecified",
                        "spring.datasource.hikari.read-only=true",
                        "mooring.database.cb.failure-threshold=7")
                .run(context -> {
                    assertThat(context).hasNotFailed().hasSingleBean(DataSource.class);
                    HikariDataSource pool = context.getBean(HikariDataSource.class);
                    assertThat(context.getBean(Postgres.class).dataSource()).isSameAs(pool);
                    assertThat(context.getBean(Mooring.class).dependencies())
                            .containsExactly(context.getBean(Dependency.class));
                    assertThat(context.getBean(Dependency.class).name()).isEqualTo("database");
                    assertThat(pool.getJdbcUrl()).isEqualTo(URL);
                    assertThat(pool.getUsername()).isEqualTo("clerk");
                    assertThat(pool.isAutoCommit()).isFalse();
                    assertThat(pool.getSchema()).isEqualTo("other");
                    assertThat(pool.getIdleTimeout()).isZero();
                    assertThat(pool.getPoolName()).isEqualTo("mine");
                    assertThat(pool.getConnectionInitSql()).isEqualTo("select 1");
                    assertThat(pool.isReadOnly()).isTrue();
                    assertThat(pool.getDataSourceProperties()).containsEntry("stringtype", "unspecified");
                });
    }

    @Test
    void start_saysInOneLine_whatIsSupervisedAndWhatIsNot(CapturedOutput output) {
        boots.withUserConfiguration(BesideBoots.class).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(output.getOut().lines().filter(line -> line.contains("Mooring supervises")))
                    .singleElement()
                    .asString()
                    .contains(
                            "database (dataSource)",
                            "Not supervised: ordersDataSource (the application makes it itself");
            assertThat(context.getBean(NotSupervised.class).warnings())
                    .singleElement()
                    .asString()
                    .startsWith("data source ordersDataSource is not supervised: ");
            assertThat(context.getBean("mooringHealthIndicator", HealthIndicator.class)
                            .health()
                            .getDetails())
                    .containsKey("warnings");
        });
    }

    @Test
    void dataSourceOfTheApplication_isSupervised_whereAPropertyAsksForIt() {
        boots.withUserConfiguration(BesideBoots.class)
                .withPropertyValues("mooring.datasource.orders-data-source.supervised=true")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(names(context.getBean(Mooring.class)))
                            .containsExactlyInAnyOrder("database", "orders-data-source");
                    assertThat(context.getBean(NotSupervised.class).warnings()).isEmpty();
                });
    }

    @Test
    void dataSourcesOfTheApplication_areSupervised_whereAnAnnotationAsksForIt() {
        runner.withUserConfiguration(TwoOwn.class).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(names(context.getBean(Mooring.class))).containsExactlyInAnyOrder("database", "reports");
            assertThat(context.getBean("orders", HikariDataSource.class).getMaximumPoolSize())
                    .isEqualTo(3);
        });
    }

    @Test
    void bootsDataSource_isLeftAlone_whereAPropertySaysSo() {
        boots.withPropertyValues("mooring.datasource.dataSource.supervised=false")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(HikariDataSource.class).getClass())
                            .isEqualTo(HikariDataSource.class);
                    assertThat(context.getBean(Mooring.class).dependencies()).isEmpty();
                    assertThat(context.getBean(NotSupervised.class).warnings())
                            .containsExactly("data source dataSource is not supervised:"
                                    + " mooring.datasource.data-source.supervised is false");
                });
    }

    @Test
    void bootsDataSource_ofAnotherKind_isLeftAloneAndNamed() {
        runner.withPropertyValues(
                        "spring.datasource.url=" + URL,
                        "spring.datasource.hikari.data-source-properties.socketFactory=a.b.C")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(NotSupervised.class).warnings().toString())
                            .contains("socketFactory");
                });
    }

    @Test
    void askedFor_andNotPossible_endsTheStart() {
        runner.withUserConfiguration(Impossible.class).run(context -> assertThat(context.getStartupFailure())
                .hasRootCauseMessage(
                        "it is a " + DriverManagerDataSource.class.getName() + " and no HikariDataSource"));
        runner.withUserConfiguration(Scoped.class).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(Mooring.class).dependencies()).isEmpty();
        });
        boots.withPropertyValues("mooring.datasource.order.supervised=true")
                .run(context -> assertThat(context.getStartupFailure())
                        .isInstanceOf(StartFailedException.class)
                        .hasMessageContaining("no data source has that name; there are [dataSource]"));
    }

    @Test
    void wrappersOfTheApplication_standAroundTheSupervisedOne(CapturedOutput output) {
        boots.withUserConfiguration(Wrappers.class)
                .withPropertyValues("spring.datasource.connection-fetch=lazy")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean("dataSource")).isInstanceOf(fetchesLazily());
                    Databases databases = context.getBean(Databases.class);
                    for (String name : List.of("dataSource", "aware", "routing")) {
                        assertThat(databases.cover(context.getBean(name, DataSource.class)))
                                .as(name)
                                .isTrue();
                    }
                    assertThat(output).doesNotContain("Not supervised");
                });
    }

    /** Boot 4.0 has no such property, and leaves the data source as it is. */
    private static Class<?> fetchesLazily() {
        boolean knowsIt = ClassUtils.isPresent(
                DataSourceAutoConfiguration.class.getPackageName() + ".LazyConnectionDataSourceConfiguration", null);
        return knowsIt ? LazyConnectionDataSourceProxy.class : HikariDataSource.class;
    }

    @Test
    void dependencyThatNeedsTheDataSource_andListeners_areNoCircle_andMissNothing() {
        boots.withUserConfiguration(Dependent.class).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(Early.class).names)
                    .containsExactlyInAnyOrder("database", "of-the-database", "ranking");
            Heard heard = context.getBean(Heard.class);
            await().until(() -> heard.events.stream()
                    .anyMatch(event -> event instanceof MooringEvent.StatusChanged
                            && event.dependency().equals("database")));
        });
    }

    @Test
    void mooringOfTheApplication_supervisesTheDataSource() {
        boots.withUserConfiguration(OwnMooring.class).run(context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean("mooring");
            assertThat(names(context.getBean("mine", Mooring.class))).containsExactly("database");
        });
    }

    @Test
    void actuatorsDb_hasTheNamesOfTheBeans_andBootsCheckWhereNothingSupervises() {
        boots.run(context -> assertThat(context.getBean("dbHealthContributor", HealthContributor.class))
                .isInstanceOf(HealthIndicator.class)
                .isNotInstanceOf(DataSourceHealthIndicator.class));
        runner.withUserConfiguration(TwoOwn.class)
                .withPropertyValues("mooring.datasource.reports.supervised=false")
                .run(context -> {
                    CompositeHealthContributor all =
                            context.getBean("dbHealthContributor", CompositeHealthContributor.class);
                    assertThat(all.getContributor("reports")).isInstanceOf(DataSourceHealthIndicator.class);
                    assertThat(all.getContributor("orders")).isNotInstanceOf(DataSourceHealthIndicator.class);
                });
    }

    @Test
    void noFlywayMigrationStrategy_isAdded() {
        boots.run(context -> assertThat(context).doesNotHaveBean(FlywayMigrationStrategy.class));
    }

    @Test
    void closing_endsSupervisionAndPool_afterTheBeansThatUseThem() {
        boots.withUserConfiguration(Last.class).run(context -> {
            Last.Words words = context.getBean(Last.Words.class);
            HikariDataSource pool = context.getBean(HikariDataSource.class);
            context.close();
            assertThat(words.poolWasOpen).isTrue();
            assertThat(words.wasSupervised).isTrue();
            assertThat(pool.isClosed()).isTrue();
        });
    }

    private static List<String> names(Mooring mooring) {
        return mooring.dependencies().stream().map(Dependency::name).toList();
    }

    private static HikariDataSource pool(String database) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:postgresql://127.0.0.1:1/" + database);
        config.setMaximumPoolSize(3);
        HikariDataSource pool = new HikariDataSource();
        config.copyStateTo(pool);
        return pool;
    }

    @Configuration(proxyBeanMethods = false)
    static class BesideBoots {
        @Bean(defaultCandidate = false)
        HikariDataSource ordersDataSource() {
            return pool("orders");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoOwn {
        @Bean
        @Primary
        @Supervised
        HikariDataSource orders() {
            return pool("orders");
        }

        @Bean
        @Supervised
        DataSource reports() {
            return pool("reports");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Impossible {
        @Bean
        @Supervised
        DataSource orders() {
            return new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:1/orders");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Scoped {
        @Bean
        @Scope("prototype")
        DataSource orders() {
            return pool("orders");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Wrappers {
        @Bean(defaultCandidate = false)
        DataSource aware(DataSource dataSource) {
            return new TransactionAwareDataSourceProxy(dataSource);
        }

        @Bean(defaultCandidate = false)
        DataSource routing(DataSource dataSource) {
            AbstractRoutingDataSource routing = new AbstractRoutingDataSource() {
                @Override
                protected Object determineCurrentLookupKey() {
                    return "none";
                }
            };
            routing.setTargetDataSources(Map.of("one", dataSource));
            return routing;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Dependent {
        @Bean
        Dependency ofTheDatabase(DataSource source) {
            assertThat(source).isInstanceOf(HikariDataSource.class);
            return Dependency.named("of-the-database").build();
        }

        @Bean
        Dependency ranking() {
            return Dependency.named("ranking").optional().build();
        }

        @Bean
        Early early(Mooring mooring) {
            return new Early(names(mooring));
        }

        @Bean
        Heard heard(DataSource source) {
            assertThat(source).isNotNull();
            return new Heard();
        }
    }

    record Early(List<String> names) {}

    static final class Heard implements MooringListener {
        private final List<MooringEvent> events = new CopyOnWriteArrayList<>();

        @Override
        public void on(MooringEvent event) {
            events.add(event);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnMooring {
        @Bean(destroyMethod = "close")
        Mooring mine() {
            return Mooring.supervise();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Last {
        @Bean(destroyMethod = "say")
        Words words(HikariDataSource pool, Mooring mooring) {
            return new Words(pool, mooring);
        }

        static final class Words {
            private final HikariDataSource pool;
            private final Mooring mooring;
            private boolean poolWasOpen;
            private boolean wasSupervised;

            Words(HikariDataSource pool, Mooring mooring) {
                this.pool = pool;
                this.mooring = mooring;
            }

            void say() {
                poolWasOpen = !pool.isClosed();
                wasSupervised = mooring.health().dependency("database").isPresent();
            }
        }
    }
}

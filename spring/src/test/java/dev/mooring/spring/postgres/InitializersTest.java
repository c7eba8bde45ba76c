package dev.mooring.spring.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mooring.Mooring;
import dev.mooring.spring.environment.SettingsAutoConfiguration;
import dev.mooring.spring.supervision.SupervisionAutoConfiguration;
import dev.mooring.testing.postgres.TestPostgres;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Id;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceInitializationAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.support.TransactionTemplate;

/** Boot's data source, Flyway and scripts on a real server: one that is there, one that comes late, one that is made anew. */
@Timeout(120)
class InitializersTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private static TestPostgres server;

    @BeforeAll
    static void start() {
        server = TestPostgres.started();
    }

    @AfterAll
    static void end() {
        server.close();
    }

    private static ApplicationContextRunner application(String database) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        SettingsAutoConfiguration.class,
                        SupervisionAutoConfiguration.class,
                        PostgresAutoConfiguration.class,
                        SupervisedDataSourceAutoConfiguration.class,
                        DataSourceAutoConfiguration.class,
                        DataSourceInitializationAutoConfiguration.class,
                        DataSourceTransactionManagerAutoConfiguration.class,
                        TransactionAutoConfiguration.class,
                        JdbcTemplateAutoConfiguration.class,
                        FlywayAutoConfiguration.class))
                .withPropertyValues(
                        "spring.datasource.url=" + server.jdbcUrl(database),
                        "spring.datasource.username=" + server.admin().user(),
                        "spring.datasource.password=" + server.admin().password(),
                        "mooring.health-check-interval=500ms");
    }

    @Test
    void databaseThatIsThere_isMigratedBeforeTheFirstBean_andEverySettingActs() throws SQLException {
        server.admin().createDatabase("there");
        server.admin().execute("there", "create schema shop");
        application("there")
                .withPropertyValues(
                        "spring.datasource.url=" + server.jdbcUrl("there") + "?currentSchema=shop",
                        "spring.datasource.hikari.auto-commit=false")
                .withUserConfiguration(Reading.class)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(Reading.Read.class).name()).isEqualTo("first");
                    assertThat(server.admin().ask("there", "select count(*) from shop.flyway_schema_history"))
                            .isEqualTo("1");
                    try (Connection connection =
                            context.getBean(DataSource.class).getConnection()) {
                        assertThat(connection.getAutoCommit()).isFalse();
                        assertThat(connection.getSchema()).isEqualTo("shop");
                    }
                    JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
                    context.getBean(TransactionTemplate.class).executeWithoutResult(transaction -> {
                        jdbc.update("insert into thing values (2, 'second')");
                        transaction.setRollbackOnly();
                    });
                    assertThat(server.admin().ask("there", "select count(*) from shop.thing"))
                            .isEqualTo("1");
                });
    }

    @Test
    void migrationThatFailsByItsOwnFault_endsTheStart() throws SQLException {
        server.admin().createDatabase("broken");
        application("broken")
                .withPropertyValues("spring.flyway.locations=classpath:db/broken")
                .run(context ->
                        assertThat(context.getStartupFailure()).rootCause().isInstanceOf(SQLException.class));
    }

    @Test
    void userOfFlyway_migrates_andNotThatOfTheApplication() throws SQLException {
        server.admin().createRole("migrator", "its-password");
        server.admin().createDatabase("shared", "migrator");
        server.admin().createRole("clerk", "other-password");
        application("shared")
                .withPropertyValues(
                        "spring.datasource.username=clerk",
                        "spring.datasource.password=other-password",
                        "spring.flyway.user=migrator",
                        "spring.flyway.password=its-password")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(server.admin()
                                    .ask("shared", "select tableowner from pg_tables where tablename = 'thing'"))
                            .isEqualTo("migrator");
                    assertThat(context.getBean(JdbcTemplate.class).queryForObject("select current_user", String.class))
                            .isEqualTo("clerk");
                });
    }

    @Test
    void databaseThatComesLate_isInitializedInBootsOrder_andAgainWhenItsTablesAreGone() throws Exception {
        server.admin().createDatabase("late");
        server.stop();
        application("late")
                .withPropertyValues(
                        "spring.sql.init.mode=always",
                        "spring.sql.init.schema-locations=classpath:db/scripts/schema.sql",
                        "spring.sql.init.data-locations=classpath:db/scripts/data.sql")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    Mooring mooring = context.getBean(Mooring.class);
                    assertThat(mooring.health().ready()).isFalse();
                    JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
                    assertThatThrownBy(() -> tags(jdbc)).isInstanceOf(DataAccessException.class);

                    server.start();

                    await().atMost(SOON).until(() -> mooring.health().ready());
                    assertThat(tags(jdbc)).isOne();

                    server.admin().execute("late", "drop schema public cascade; create schema public");

                    await().atMost(SOON)
                            .ignoreExceptions()
                            .until(() -> mooring.health().ready() && tags(jdbc) == 1);
                });
    }

    @Test
    void entitiesOfALateDatabase_haveTheirTables_whenItIsReady() throws Exception {
        server.admin().createDatabase("entities");
        server.stop();
        application("entities")
                .withPropertyValues("spring.flyway.enabled=false")
                .withUserConfiguration(Entities.class)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    Mooring mooring = context.getBean(Mooring.class);
                    assertThat(mooring.health().ready()).isFalse();

                    server.start();

                    await().atMost(SOON).until(() -> mooring.health().ready());
                    EntityManagerFactory factory = context.getBean(EntityManagerFactory.class);
                    factory.runInTransaction(entities -> entities.persist(new Label("red")));
                    assertThat(count(context.getBean(JdbcTemplate.class), "label"))
                            .isOne();
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"update", "none"})
    void databaseThatGoesAwayWhileHibernateStarts_doesNotEndTheStart(String action) throws Exception {
        String database = "leaves_" + action;
        server.admin().createDatabase(database);
        server.admin().execute(database, "create table label (name text primary key)");
        application(database)
                .withPropertyValues("spring.flyway.enabled=false", "ddl=" + action)
                .withUserConfiguration(LeavingDatabase.class)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    server.start();
                    Mooring mooring = context.getBean(Mooring.class);
                    await().atMost(SOON).until(() -> mooring.health().ready());
                    EntityManagerFactory factory = context.getBean(EntityManagerFactory.class);
                    await().atMost(SOON).ignoreExceptions().until(() -> {
                        factory.runInTransaction(entities -> entities.merge(new Label("red")));
                        return true;
                    });
                    assertThat(count(context.getBean(JdbcTemplate.class), "label"))
                            .isOne();
                });
    }

    @Test
    void mistakeInAnEntity_endsTheStart_whileTheDatabaseIsThere() throws Exception {
        server.admin().createDatabase("mistake");
        application("mistake")
                .withPropertyValues("spring.flyway.enabled=false", "ddl=validate")
                .withUserConfiguration(Entities.class)
                .run(context ->
                        assertThat(context.getStartupFailure()).rootCause().hasMessageContaining("missing table"));
    }

    private static long tags(JdbcTemplate jdbc) {
        return count(jdbc, "tag");
    }

    private static long count(JdbcTemplate jdbc, String table) {
        Long rows = jdbc.queryForObject("select count(*) from " + table, Long.class);
        return rows == null ? 0 : rows;
    }

    /** Uses the database while Spring makes the bean. */
    @Configuration(proxyBeanMethods = false)
    static class Reading {
        @Bean
        Read read(JdbcTemplate jdbc) {
            return new Read(String.valueOf(jdbc.queryForObject("select name from thing", String.class)));
        }

        record Read(String name) {}
    }

    @Configuration(proxyBeanMethods = false)
    static class Entities {
        @Bean
        LocalContainerEntityManagerFactoryBean entities(DataSource source, @Value("${ddl:update}") String action) {
            LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();
            factory.setDataSource(source);
            factory.setPackagesToScan(InitializersTest.class.getPackageName());
            factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
            factory.getJpaPropertyMap().put("hibernate.hbm2ddl.auto", action);
            return factory;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class LeavingDatabase {
        @Bean
        LocalContainerEntityManagerFactoryBean entities(DataSource source, @Value("${ddl:update}") String action) {
            LocalContainerEntityManagerFactoryBean factory = new Entities().entities(source, action);
            factory.setPersistenceUnitPostProcessors(unit -> server.kill());
            return factory;
        }
    }

    @Entity(name = "label")
    static class Label {
        @Id
        private String name = "";

        /** For Hibernate. */
        Label() {}

        Label(String name) {
            this.name = name;
        }
    }
}

package dev.mooring.spring.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mooring.postgres.settings.DatabaseSettings;
import dev.mooring.settings.InForce;
import dev.mooring.settings.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Real starts of a Boot application with variables and arguments of the test's choice. */
@Timeout(60)
class EnvironmentTest {
    private final Map<String, Object> variables = new HashMap<>();

    @Test
    void variable_isReadUnderItsName() {
        variables.put("REQUEST_TIMEOUT", "1.5");
        started(context -> {
            InForce timeout = settings(context).inForce(ServiceSettings.REQUEST_TIMEOUT);
            assertThat(timeout.shown()).contains("1.5s");
            assertThat(timeout.origin()).isEqualTo("environment REQUEST_TIMEOUT");
            assertThat(context.getEnvironment().getProperty("mooring.request-timeout"))
                    .isEqualTo("1.5");
        });
    }

    @Test
    void switch_inAnyOfItsForms_isOneThatConditionsUnderstand() {
        variables.put("HEALTH_ENABLED", "yes");
        variables.put("PROBLEM_ENABLED", "0");
        started(context -> {
            assertThat(context.getEnvironment().getProperty("mooring.health.enabled"))
                    .isEqualTo("true");
            assertThat(context.getEnvironment().getProperty("mooring.problem.enabled"))
                    .isEqualTo("false");
        });
    }

    @Test
    void propertyOnTheCommandLine_beatsTheVariable() {
        variables.put("REQUEST_TIMEOUT", "1.5");
        started(
                context -> assertThat(settings(context)
                                .inForce(ServiceSettings.REQUEST_TIMEOUT)
                                .shown())
                        .contains("7s"),
                "--mooring.request-timeout=7s");
    }

    @Test
    void listInAFile_isReadAsAList() {
        started(
                context -> assertThat(settings(context).get(ServiceSettings.CORS_ALLOWED_ORIGINS))
                        .containsExactly("https://a.example", "https://b.example"),
                "--mooring.cors-allowed-origins[0]=https://a.example",
                "--mooring.cors-allowed-origins[1]=https://b.example");
    }

    @Test
    void settingsOfTheService_reachBoot() {
        variables.put("PORT", "9090");
        variables.put("LOG_LEVEL", "warn");
        variables.put("SHUTDOWN_TIMEOUT", "7");
        variables.put("SERVICE_NAME", "orders");
        started(context -> {
            assertThat(context.getEnvironment().getProperty("server.port")).isEqualTo("9090");
            assertThat(context.getEnvironment().getProperty("logging.level.root"))
                    .isEqualTo("warn");
            assertThat(context.getEnvironment().getProperty("spring.lifecycle.timeout-per-shutdown-phase"))
                    .isEqualTo("PT7S");
            assertThat(context.getEnvironment().getProperty("spring.application.name"))
                    .isEqualTo("orders");
        });
    }

    @Test
    void nameThatNobodySet_isThereForLogLinesToo() {
        started(context -> assertThat(context.getEnvironment().getProperty("mooring.service.name"))
                .isEqualTo("application"));
    }

    @Test
    void bootsDataSource_becomesOurSettings() {
        started(
                context -> {
                    Settings settings = settings(context);
                    assertThat(settings.inForce(DatabaseSettings.DATABASE.host())
                                    .shown())
                            .contains("127.0.0.1");
                    assertThat(settings.get(DatabaseSettings.DATABASE.port())).isEqualTo(5999);
                    assertThat(settings.get(DatabaseSettings.DATABASE.user())).isEqualTo("app");
                    assertThat(settings.get(DatabaseSettings.DATABASE.poolMax()))
                            .isEqualTo(7);
                    assertThat(settings.inForce(DatabaseSettings.DATABASE.poolMax())
                                    .origin())
                            .isEqualTo("spring.datasource.hikari.maximum-pool-size");
                },
                "--spring.datasource.url=jdbc:postgresql://127.0.0.1:5999/orders",
                "--spring.datasource.username=app",
                "--spring.datasource.hikari.maximum-pool-size=7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?currentSchema=shop&ssl=true&socketFactory=x&loggerLevel=OFF&targetServerType=secondary",
                "?user=app&password=p@ss&word#1",
                "?user=&password=&prepareThreshold=&ApplicationName=",
                "?connectTimeout=0&socketTimeout=never&connect_timeout=5",
                "?sslmode=require&sslrootcert=/nowhere/ca.pem&requireAuth=magic",
                "?sslmode=disable&sslmode=require&",
            })
    void bootsDataSource_withWhateverTheDriverTakes_startsAndExcludesNoLogin(String parameters) {
        started(
                context -> assertThat(settings(context).get(DatabaseSettings.DATABASE.requireAuth()))
                        .isEqualTo("any"),
                "--spring.datasource.url=jdbc:postgresql://127.0.0.1:5999/orders" + parameters);
    }

    @Test
    void bootsDataSource_andOurs_oursCounts() {
        variables.put("DATABASE_HOST", "127.0.0.2");
        variables.put("DATABASE_NAME", "ours");
        started(
                context -> {
                    assertThat(settings(context)
                                    .inForce(DatabaseSettings.DATABASE.host())
                                    .shown())
                            .contains("127.0.0.2");
                    assertThat(settings(context).isSet(DatabaseSettings.DATABASE.user()))
                            .isFalse();
                },
                "--spring.datasource.url=jdbc:postgresql://127.0.0.1:5999/orders",
                "--spring.datasource.username=app");
    }

    @Test
    void mistakes_areAllTold_andEndWithExitCode2() {
        variables.put("DATABASE_PORT", "54x2");
        variables.put("REQUEST_TIMEOUT", "soon");
        StartFailedException failed = catchThrowableOfType(StartFailedException.class, () -> started(context -> {}));
        assertThat(failed.getExitCode()).isEqualTo(2);
        assertThat(failed.lines())
                .hasSize(2)
                .contains("DATABASE_PORT is \"54x2\"; expected a port number from 1 to 65535")
                .anySatisfy(line -> assertThat(line).startsWith("REQUEST_TIMEOUT is \"soon\"; expected a duration"));
    }

    private static Settings settings(ConfigurableApplicationContext context) {
        return context.getBean(Settings.class);
    }

    private void started(Consumer<ConfigurableApplicationContext> look, String... arguments) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        SpringApplication application = new SpringApplication(SettingsAutoConfiguration.class);
        application.setEnvironment(environment);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setRegisterShutdownHook(false);
        try (ConfigurableApplicationContext context = application.run(arguments)) {
            look.accept(context);
        }
    }
}

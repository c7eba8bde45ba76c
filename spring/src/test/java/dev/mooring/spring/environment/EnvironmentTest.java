package dev.mooring.spring.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mooring.postgres.settings.DatabaseSettings;
import dev.mooring.settings.DependencySettings;
import dev.mooring.settings.InForce;
import dev.mooring.settings.SettingCatalog;
import dev.mooring.settings.Settings;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.DefaultResourceLoader;

/** Real starts of a Boot application with variables and arguments of the test's choice. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class EnvironmentTest {
    private static final String BOOTS_URL = "--spring.datasource.url=jdbc:postgresql://127.0.0.1:5999/orders";

    private final Map<String, Object> variables = new HashMap<>();
    private ClassLoader loader = EnvironmentTest.class.getClassLoader();

    @TempDir
    private Path folder;

    /** A service that supplies a catalog of settings, as the registry does. */
    public static final class OwnCatalog implements CatalogSource {
        @Override
        public SettingCatalog catalog() {
            return StarterCatalog.catalog();
        }
    }

    @Test
    void genericNamesOfSomebodyElsesApplication_areNotRead(CapturedOutput output) {
        variables.putAll(Map.of(
                "PROFILE", "prod",
                "LOG_LEVEL", "WARNING",
                "LOG_FORMAT", "text",
                "REQUEST_TIMEOUT", "30000",
                "PORT", "tcp",
                "BIND_ADDRESS", "everywhere",
                "SERVICE_NAME", "x".repeat(80),
                "HEALTH_ENABLED", "sometimes",
                "HEALTH_CHECK_INTERVAL", "1h",
                "REQUEST_TIMEOUTS", "1"));
        started(context -> {
            assertThat(context.getEnvironment().getProperty("server.port")).isNull();
            assertThat(context.getEnvironment().getProperty("logging.level.root"))
                    .isNull();
            assertThat(context.getEnvironment().getProperty("spring.application.name"))
                    .isNull();
            assertThat(settings(context).isSet(ServiceSettings.REQUEST_TIMEOUT)).isFalse();
        });
        assertThat(output.getAll()).doesNotContain("did you mean");
    }

    @Test
    void nothingOfBootsOwn_isSetByDefault() {
        started(context -> assertThat(propertiesOfOurs(context)).allMatch(name -> name.startsWith("mooring.")));
    }

    @Test
    void parts_thatAreSwitchedOn_setWhatBelongsToThem() {
        started(
                context -> assertThat(propertiesOfOurs(context))
                        .contains(
                                "server.tomcat.connection-timeout",
                                "spring.servlet.multipart.max-request-size",
                                "spring.lifecycle.timeout-per-shutdown-phase")
                        .noneMatch(name -> name.startsWith("logging.")),
                "--mooring.request.enabled=true");
        started(
                context -> assertThat(propertiesOfOurs(context))
                        .contains("logging.structured.format.console", "logging.pattern.correlation")
                        .noneMatch(name -> name.startsWith("server.")),
                "--mooring.logging.enabled=true",
                "--mooring.correlation.enabled=true");
    }

    @Test
    void variableOfTheStarter_isReadWithItsPrefix_andThatOfADependencyWithout() {
        variables.put("MOORING_REQUEST_TIMEOUT", "1.5");
        variables.put("STARTUP_WAIT", "continue");
        variables.put("RANKING_CB_WINDOW", "20");
        started(context -> {
            InForce timeout = settings(context).inForce(ServiceSettings.REQUEST_TIMEOUT);
            assertThat(timeout.shown()).contains("1.5s");
            assertThat(context.getEnvironment().getProperty("mooring.startup-wait"))
                    .isEqualTo("continue");
            assertThat(settings(context).get(DependencySettings.WINDOW.of("ranking")))
                    .isEqualTo(20);
        });
    }

    @Test
    void variable_inAServiceWithItsOwnCatalog_isReadUnderItsName() throws IOException {
        supplyCatalog();
        variables.put("REQUEST_TIMEOUT", "1.5");
        variables.put("HEALTH_ENABLED", "yes");
        variables.put("PORT", "9090");
        variables.put("LOG_LEVEL", "warn");
        variables.put("SHUTDOWN_TIMEOUT", "7");
        variables.put("SERVICE_NAME", "orders");
        started(context -> {
            InForce timeout = settings(context).inForce(ServiceSettings.REQUEST_TIMEOUT);
            assertThat(timeout.shown()).contains("1.5s");
            assertThat(timeout.origin()).isEqualTo("environment REQUEST_TIMEOUT");
            assertThat(Stream.of(
                                    "mooring.request-timeout",
                                    "mooring.health.enabled",
                                    "server.port",
                                    "logging.level.root",
                                    "spring.lifecycle.timeout-per-shutdown-phase",
                                    "spring.application.name")
                            .map(context.getEnvironment()::getProperty))
                    .containsExactly("1.5", "true", "9090", "warn", "PT7S", "orders");
        });
    }

    @Test
    void propertyOnTheCommandLine_beatsTheVariable() {
        variables.put("MOORING_REQUEST_TIMEOUT", "1.5");
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
    void nameThatNobodySet_isThereForLogLinesToo() {
        started(context -> assertThat(context.getEnvironment().getProperty("mooring.service.name"))
                .isEqualTo("application"));
    }

    @Test
    void whatBootKnows_isKnown_andStaysBoots() {
        String name = "n".repeat(70);
        started(
                context -> {
                    Settings settings = settings(context);
                    assertThat(settings.get(ServiceSettings.NAME)).isEqualTo("n".repeat(63));
                    assertThat(settings.get(ServiceSettings.PORT)).isEqualTo(9090);
                    assertThat(settings.inForce(ServiceSettings.PORT).origin()).isEqualTo("server.port");
                    assertThat(context.getEnvironment().getProperty("spring.application.name"))
                            .isEqualTo(name);
                },
                "--spring.application.name=" + name,
                "--server.port=9090",
                "--server.address=127.0.0.1");
        started(
                context -> assertThat(settings(context).isSet(ServiceSettings.PORT))
                        .isFalse(),
                "--server.port=-1",
                "--server.address=${NOT_THERE}");
    }

    @Test
    void bootsDataSource_isNoneOfOurSettings_whateverTheVariablesOfTheDatabaseSay(CapturedOutput output) {
        variables.put("DATABASE_HOST", "db.of.the.application");
        variables.put("DATABASE_USER", "other");
        variables.put("DATABASE_PORT", "none");
        variables.put("DATABASE_URL", "postgres://elsewhere/other");
        started(
                context -> assertThat(settings(context).isSet(DatabaseSettings.DATABASE.host()))
                        .isFalse(),
                BOOTS_URL);
        assertThat(output.getAll()).doesNotContain("no effect");
    }

    @Test
    void addressOfOurs_besideBootsDataSource_isNamedAsWithoutEffect(CapturedOutput output) {
        started(context -> {}, BOOTS_URL, "--mooring.database.host=127.0.0.1");
        assertThat(output.getAll())
                .contains("mooring.database.host has no effect, because spring.datasource.url names the database");
    }

    @Test
    void databaseOfAnotherKind_isNotReplacedByVariables() {
        variables.put("DATABASE_HOST", "127.0.0.2");
        started(
                context -> assertThat(settings(context).isSet(DatabaseSettings.DATABASE.host()))
                        .isFalse(),
                "--spring.datasource.url=jdbc:h2:mem:test");
    }

    @Test
    void variablesOfTheDatabase_countWhereBootNamesNone() {
        variables.put("DATABASE_HOST", "127.0.0.2");
        started(context -> assertThat(settings(context)
                        .inForce(DatabaseSettings.DATABASE.host())
                        .shown())
                .contains("127.0.0.2"));
    }

    @Test
    void misspelledProperties_areNamedWithTheNearestKnownName(CapturedOutput output) {
        variables.put("MOORING_REQEST_TIMEOUT", "3");
        started(
                context -> {},
                "--mooring.databse.host=127.0.0.1",
                "--mooring.ranking.cb.failure-treshold=2",
                "--mooring.ranking.cb.window=20",
                "--mooring.problem.enable=true",
                "--mooring.berths=12",
                "--mooring.reports.host=127.0.0.1");
        assertThat(output.getAll())
                .contains(
                        "mooring.databse.host is not a setting and has no effect; did you mean mooring.database.host?")
                .contains("did you mean mooring.ranking.cb.failure-threshold?")
                .contains("did you mean mooring.request-timeout?")
                .contains("did you mean mooring.problem.enabled?")
                .doesNotContain("mooring.berths is", "mooring.reports.host is", "mooring.ranking.cb.window is");
    }

    @Test
    void settingOfAPartThatIsOff_isSaidToHaveNoEffect(CapturedOutput output) {
        started(context -> {}, "--mooring.max-request-size=4MB");
        assertThat(output.getAll())
                .contains("mooring.max-request-size has no effect, because mooring.request.enabled is false");
    }

    @Test
    void mistakes_areAllTold_andEndWithExitCode2(CapturedOutput output) {
        variables.put("DATABASE_PORT", "54x2");
        variables.put("MOORING_REQUEST_TIMEOUT", "soon");
        StartFailedException failed = catchThrowableOfType(StartFailedException.class, () -> started(context -> {}));
        assertThat(failed.getExitCode()).isEqualTo(2);
        assertThat(failed.lines())
                .hasSize(2)
                .contains("DATABASE_PORT is \"54x2\"; expected a port number from 1 to 65535")
                .anySatisfy(line ->
                        assertThat(line).startsWith("mooring.request-timeout is \"soon\"; expected a duration"));
        assertThat(output.getAll())
                .contains("APPLICATION FAILED TO START", "expected a port number from 1 to 65535")
                .contains("expected a duration from", "Correct what the description names.");
    }

    private static Settings settings(ConfigurableApplicationContext context) {
        return context.getBean(Settings.class);
    }

    /** The names of all properties that the starter adds. */
    private static List<String> propertiesOfOurs(ConfigurableApplicationContext context) {
        return context.getEnvironment().getPropertySources().stream()
                .filter(source -> source.getName().startsWith("mooring"))
                .flatMap(source -> source instanceof EnumerablePropertySource<?> all
                        ? Stream.of(all.getPropertyNames())
                        : Stream.empty())
                .toList();
    }

    private void supplyCatalog() throws IOException {
        Path factories = folder.resolve("META-INF/spring.factories");
        Files.createDirectories(factories.getParent());
        Files.writeString(factories, CatalogSource.class.getName() + "=" + OwnCatalog.class.getName());
        loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, loader);
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
        application.setResourceLoader(new DefaultResourceLoader(loader));
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setRegisterShutdownHook(false);
        try (ConfigurableApplicationContext context = application.run(arguments)) {
            look.accept(context);
        }
    }
}

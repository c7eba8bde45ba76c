package dev.mooring.registry.service;

import dev.mooring.registry.RegistrySettings;
import dev.mooring.settings.SettingCatalog;
import dev.mooring.settings.SettingSource;
import dev.mooring.settings.Settings;
import dev.mooring.spring.environment.EnvironmentSettings;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.support.SpringApplicationJsonEnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;

/** The configuration of the service without the service: what {@code serve} starts with, and what {@code config} prints. */
public final class ServiceConfiguration {
    private static final String JSON = "spring.application.json";

    private ServiceConfiguration() {}

    /**
     * The settings as the service reads them: from {@code SPRING_APPLICATION_JSON}, from system properties and from environment variables,
     * in this order. The embedded database and its address are not among them.
     *
     * @param variables the environment variables
     */
    public static Settings read(Map<String, String> variables, SettingCatalog catalog) {
        if (!namesProperties(variables)) {
            // The same values without half a second for Spring's classes.
            return Settings.of(SettingSource.environment(variables), catalog);
        }
        ConfigurableEnvironment environment = ServiceEnvironment.of(variables);
        if (environment.containsProperty(JSON)) {
            new SpringApplicationJsonEnvironmentPostProcessor()
                    .postProcessEnvironment(environment, new SpringApplication());
        }
        Settings settings = EnvironmentSettings.of(environment, catalog, ServiceConfiguration.class.getClassLoader());
        ServiceEnvironment.withoutEffect(variables).forEach(settings::warn);
        return settings;
    }

    /** Whether a name may be that of a property: one of ours or of Spring Boot, in any of the forms that Spring accepts. */
    private static boolean namesProperties(Map<String, String> variables) {
        String home = RegistrySettings.HOME.name().variable();
        return Stream.concat(
                        variables.keySet().stream().filter(name -> !name.equals(home)),
                        System.getProperties().stringPropertyNames().stream())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .anyMatch(name -> name.matches("(mooring|server|spring)[._\\[].*"));
    }
}

package dev.mooring.registry.service;

import dev.mooring.settings.SettingCatalog;
import dev.mooring.settings.Settings;
import dev.mooring.spring.environment.EnvironmentSettings;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.support.SpringApplicationJsonEnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;

/** The configuration of the service without the service: what {@code serve} starts with, and what {@code config} prints. */
public final class ServiceConfiguration {
    private static final List<String> JSON = List.of("spring.application.json", "SPRING_APPLICATION_JSON");

    private ServiceConfiguration() {}

    /**
     * The settings as the service reads them: from system properties, from {@code SPRING_APPLICATION_JSON} and from environment variables,
     * in this order. The embedded database and its address are not among them.
     *
     * @param variables the environment variables
     */
    public static Settings read(Map<String, String> variables, SettingCatalog catalog) {
        ConfigurableEnvironment environment = ServiceEnvironment.of(variables);
        if (JSON.stream().anyMatch(environment::containsProperty)) {
            new SpringApplicationJsonEnvironmentPostProcessor()
                    .postProcessEnvironment(environment, new SpringApplication());
        }
        Settings settings = EnvironmentSettings.of(environment, catalog, ServiceConfiguration.class.getClassLoader());
        ServiceEnvironment.withoutEffect(variables).forEach(settings::warn);
        return settings;
    }
}

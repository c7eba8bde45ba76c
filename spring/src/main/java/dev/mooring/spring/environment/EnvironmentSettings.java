package dev.mooring.spring.environment;

import dev.mooring.settings.SettingCatalog;
import dev.mooring.settings.Settings;
import org.springframework.core.env.ConfigurableEnvironment;

/** Reads the settings of an application before Boot starts it, with the values that the starter would find. */
public final class EnvironmentSettings {
    private EnvironmentSettings() {}

    /**
     * The settings in {@code environment}: properties and environment variables, in Spring's order, and Boot's own properties for the
     * address, the port, the name and the version of the service.
     */
    public static Settings of(ConfigurableEnvironment environment, SettingCatalog catalog, ClassLoader loader) {
        environment.getPropertySources().addLast(KnownByDefault.source(environment, loader));
        return Settings.of(new SpringSettingSource(environment, PlainNames.of(environment, loader)), catalog);
    }
}

package dev.mooring.registry.service;

import dev.mooring.embedded.EmbeddedPostgres;
import dev.mooring.operations.OperationsSettings;
import dev.mooring.postgres.settings.DatabaseSettings;
import dev.mooring.settings.Setting;
import dev.mooring.settings.Settings;
import dev.mooring.spring.environment.ServiceSettings;
import dev.mooring.spring.environment.SpringMetadata;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.web.context.support.StandardServletEnvironment;

/**
 * The environment from which Spring reads its configuration: what the service fixes and derives, before the given variables. Spring would
 * also read files of the working directory, such as {@code config/application.properties}, in which anyone may have put them; the service
 * reads none.
 */
final class ServiceEnvironment {
    /** The only file of configuration is the one in the service's own jar. */
    private static final Map<String, String> FILES = Map.of(
            "spring.config.location", "classpath:/application.yml",
            "spring.config.additional-location", "",
            "spring.config.import", "",
            "spring.config.name", "application");

    private ServiceEnvironment() {}

    /** The environment for a database of the user's own. */
    static ConfigurableEnvironment of(Map<String, String> variables) {
        ConfigurableEnvironment environment = given(variables);
        environment.getPropertySources().addFirst(new MapPropertySource("registry", Map.copyOf(FILES)));
        return environment;
    }

    /** The environment for the embedded database: with its address, and with the defaults that depend on it. */
    static ConfigurableEnvironment of(Map<String, String> variables, Settings settings, EmbeddedPostgres postgres) {
        Map<String, String> others = new HashMap<>(variables);
        // The file belongs to no server that the user named, and the password below would contradict it.
        others.remove("DATABASE_PASSWORD_FILE");
        Map<String, Object> own = new HashMap<>();
        put(own, DatabaseSettings.DATABASE.host(), postgres.host());
        put(own, DatabaseSettings.DATABASE.port(), postgres.port());
        put(own, DatabaseSettings.DATABASE.user(), postgres.user());
        put(own, DatabaseSettings.DATABASE.password(), postgres.password().reveal());
        // Another process on its port cannot make this one reveal the password, and cannot pass for it.
        put(own, DatabaseSettings.DATABASE.requireAuth(), "scram-sha-256");
        // Their defaults depend on whether a database is named, and the lines above name one.
        put(own, OperationsSettings.AUTH_ENABLED, settings.get(OperationsSettings.AUTH_ENABLED));
        put(own, ServiceSettings.BIND_ADDRESS, settings.get(ServiceSettings.BIND_ADDRESS));
        ConfigurableEnvironment environment = of(others);
        environment.getPropertySources().addFirst(new MapPropertySource("embedded PostgreSQL", own));
        return environment;
    }

    /** One line for each property that names files of configuration, because the service reads none of them. */
    static List<String> withoutEffect(Map<String, String> variables) {
        ConfigurableEnvironment given = given(variables);
        return FILES.keySet().stream()
                .sorted()
                .filter(property -> !given.getProperty(property, "").isBlank())
                .map(property -> property + " has no effect, because the service reads no files of configuration; set"
                        + " environment variables (mooring config lists them)")
                .toList();
    }

    private static ConfigurableEnvironment given(Map<String, String> variables) {
        StandardServletEnvironment environment = new StandardServletEnvironment();
        String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment
                .getPropertySources()
                .replace(name, new SystemEnvironmentPropertySource(name, Map.copyOf(variables)));
        return environment;
    }

    private static void put(Map<String, Object> properties, Setting<?> setting, Object value) {
        properties.put(SpringMetadata.PREFIX + setting.name().property(), value);
    }
}

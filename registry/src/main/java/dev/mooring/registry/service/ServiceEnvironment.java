package dev.mooring.registry.service;

import dev.mooring.embedded.EmbeddedPostgres;
import dev.mooring.operations.OperationsSettings;
import dev.mooring.postgres.settings.DatabaseSettings;
import dev.mooring.settings.Setting;
import dev.mooring.settings.Settings;
import dev.mooring.spring.environment.ServiceSettings;
import dev.mooring.spring.environment.SpringMetadata;
import java.util.HashMap;
import java.util.Map;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.web.context.support.StandardServletEnvironment;

/** What Spring reads its configuration from: the environment that we were given, and before it what we made of it. */
final class ServiceEnvironment {
    private ServiceEnvironment() {}

    /** With a database of the user's own. */
    static ConfigurableEnvironment of(Map<String, String> variables) {
        StandardServletEnvironment environment = new StandardServletEnvironment();
        String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment
                .getPropertySources()
                .replace(name, new SystemEnvironmentPropertySource(name, Map.copyOf(variables)));
        return environment;
    }

    /** With the embedded database: its address, and what is the default because of it. */
    static ConfigurableEnvironment of(Map<String, String> variables, Settings settings, EmbeddedPostgres postgres) {
        Map<String, String> others = new HashMap<>(variables);
        // It belongs to a server that nobody named; beside the password below it would be a contradiction.
        others.remove("DATABASE_PASSWORD_FILE");
        Map<String, Object> own = new HashMap<>();
        put(own, DatabaseSettings.DATABASE.host(), postgres.host());
        put(own, DatabaseSettings.DATABASE.port(), postgres.port());
        put(own, DatabaseSettings.DATABASE.user(), postgres.user());
        put(own, DatabaseSettings.DATABASE.password(), postgres.password().reveal());
        // Their defaults ask whether a database is named, which it now is.
        put(own, OperationsSettings.AUTH_ENABLED, settings.get(OperationsSettings.AUTH_ENABLED));
        put(own, ServiceSettings.BIND_ADDRESS, settings.get(ServiceSettings.BIND_ADDRESS));
        ConfigurableEnvironment environment = of(others);
        environment.getPropertySources().addFirst(new MapPropertySource("embedded PostgreSQL", own));
        return environment;
    }

    private static void put(Map<String, Object> properties, Setting<?> setting, Object value) {
        properties.put(SpringMetadata.PREFIX + setting.name().property(), value);
    }
}

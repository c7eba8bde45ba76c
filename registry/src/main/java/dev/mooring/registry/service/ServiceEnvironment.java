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

/** The environment from which Spring reads its configuration: what the service derives, before the given variables. */
final class ServiceEnvironment {
    private ServiceEnvironment() {}

    /** The environment for a database of the user's own. */
    static ConfigurableEnvironment of(Map<String, String> variables) {
        StandardServletEnvironment environment = new StandardServletEnvironment();
        String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment
                .getPropertySources()
                .replace(name, new SystemEnvironmentPropertySource(name, Map.copyOf(variables)));
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

    private static void put(Map<String, Object> properties, Setting<?> setting, Object value) {
        properties.put(SpringMetadata.PREFIX + setting.name().property(), value);
    }
}

package dev.mooring.spring.environment;

import dev.mooring.settings.Found;
import dev.mooring.settings.SettingName;
import dev.mooring.settings.SettingSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Finds settings in all of Spring's property sources, in Spring's order: {@code mooring.database.port} in a file or on the
 * command line, {@code MOORING_DATABASE_PORT} in the environment, and there {@code DATABASE_PORT} where {@link PlainNames} has it.
 */
final class SpringSettingSource implements SettingSource {
    private final ConfigurableEnvironment environment;
    private final PlainNames plain;

    SpringSettingSource(ConfigurableEnvironment environment, PlainNames plain) {
        this.environment = environment;
        this.plain = plain;
    }

    @Override
    public boolean readsVariable(SettingName name) {
        return plain.include(name);
    }

    @Override
    public Optional<Found> find(SettingName name) {
        return environment.getPropertySources().stream()
                .flatMap(source -> in(source, name).stream())
                .findFirst()
                .or(() -> list(name));
    }

    @Override
    public Collection<String> variables() {
        PropertySource<?> variables =
                environment.getPropertySources().get(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
        return variables instanceof SystemEnvironmentPropertySource known
                ? List.of(known.getPropertyNames())
                : List.of();
    }

    private Optional<Found> in(PropertySource<?> source, SettingName name) {
        if (source instanceof VariablesAsProperties) {
            return Optional.empty();
        }
        String variable = name.variable();
        if (plain.include(name)
                && source instanceof SystemEnvironmentPropertySource
                && source.getSource() instanceof Map<?, ?> all) {
            Object value = all.get(variable);
            if (value != null) {
                return Optional.of(new Found(variable, value.toString(), "environment " + variable));
            }
        }
        ConfigurationPropertySource properties = ConfigurationPropertySource.from(source);
        return properties == null
                ? Optional.empty()
                : Optional.ofNullable(properties.getConfigurationProperty(ConfigurationPropertyName.of(property(name))))
                        .filter(found -> found.getValue() != null)
                        .map(found -> found(name, source, found));
    }

    private Found found(SettingName name, PropertySource<?> source, ConfigurationProperty property) {
        String value = environment.resolvePlaceholders(property.getValue().toString());
        String called = property.getOrigin() instanceof Elsewhere elsewhere ? elsewhere.name() : property(name);
        return new Found(called, value, origin(property.getOrigin(), source, property(name)));
    }

    private static String origin(@Nullable Object known, PropertySource<?> source, String property) {
        if (source.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME)) {
            return "system property " + property;
        }
        if (known instanceof TextResourceOrigin text && text.getResource() != null) {
            return "file " + text.getResource().getFilename();
        }
        return known == null ? source.getName() : known.toString();
    }

    /** A list that a file holds item by item, such as the lists of YAML. */
    private Optional<Found> list(SettingName name) {
        List<String> items = Binder.get(environment)
                .bind(property(name), Bindable.listOf(String.class))
                .orElse(List.of());
        return items.isEmpty()
                ? Optional.empty()
                : Optional.of(new Found(property(name), String.join(",", items), "list " + property(name)));
    }

    private static String property(SettingName name) {
        return SpringMetadata.PREFIX + name.property();
    }
}

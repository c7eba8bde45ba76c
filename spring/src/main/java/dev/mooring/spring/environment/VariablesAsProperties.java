package dev.mooring.spring.environment;

import dev.mooring.settings.Setting;
import dev.mooring.settings.SettingCatalog;
import dev.mooring.settings.SettingName;
import dev.mooring.settings.ValueType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;

/**
 * Offers the environment variables of all settings that have {@link PlainNames} as properties, for Spring's conditions, {@code @Value}
 * and placeholders. Leaves out secrets, and URIs, which may contain one.
 */
final class VariablesAsProperties extends MapPropertySource {
    static final String NAME = "mooringVariables";

    private VariablesAsProperties(Map<String, Object> properties) {
        super(NAME, properties);
    }

    static VariablesAsProperties of(PropertySource<?> variables, SettingCatalog catalog, PlainNames plain) {
        Map<String, Object> properties = new HashMap<>();
        for (Setting<?> setting : catalog.settings()) {
            for (SettingName name : names(setting)) {
                Object value = plain.include(name) ? variables.getProperty(name.variable()) : null;
                if (value != null && !value.toString().isBlank() && showsAll(setting)) {
                    properties.put(SpringMetadata.PREFIX + name.property(), asSpringReadsIt(setting, value.toString()));
                }
            }
        }
        return new VariablesAsProperties(properties);
    }

    /** Spring's conditions understand only true and false; our switches also accept yes, on and 1. */
    private static String asSpringReadsIt(Setting<?> setting, String value) {
        return setting.type().javaType().equals(Boolean.class)
                ? setting.type()
                        .reader()
                        .apply(value.strip())
                        .map(Object::toString)
                        .orElse(value)
                : value;
    }

    private static boolean showsAll(Setting<?> setting) {
        return setting.type().visibility() == ValueType.Visibility.PLAIN;
    }

    private static List<SettingName> names(Setting<?> setting) {
        return Stream.concat(Stream.of(setting.name()), setting.aliases().stream())
                .toList();
    }
}

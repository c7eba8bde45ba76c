package dev.mooring.spring.environment;

import dev.mooring.settings.SettingGroup;
import java.util.List;

/**
 * Adds the settings of a module to the catalog of the application that has the module. Listed in {@code META-INF/spring.factories},
 * because settings are read before there are beans. An application that lists these settings in its own catalog keeps its own.
 */
@FunctionalInterface
public interface ModuleSettings {
    /** The module's settings. */
    SettingGroup group();

    /** Whether the application has the module, where the class that lists its settings comes from another one. */
    default boolean isPresent(ClassLoader loader) {
        return true;
    }

    /** The names of the dependencies that the module adds: each has the settings that every dependency has. */
    default List<String> dependencies() {
        return List.of();
    }
}

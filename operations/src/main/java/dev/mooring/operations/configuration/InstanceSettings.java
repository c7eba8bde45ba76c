package dev.mooring.operations.configuration;

import dev.mooring.settings.Setting;
import java.util.Set;

/**
 * Settings whose values belong to one instance, such as a folder on its machine. The comparison of two starts leaves them out. An
 * application adds its own as a bean.
 */
public record InstanceSettings(Set<Setting<?>> settings) {
    public InstanceSettings {
        settings = Set.copyOf(settings);
    }
}

package dev.mooring.settings;

import java.util.Map;
import java.util.Optional;

/** Where settings come from: the environment, or a framework's own configuration. */
@FunctionalInterface
public interface SettingSource {
    /** The value set under this name, if there is one. An empty value counts as not set; the reader sees to that. */
    Optional<Found> find(SettingName name);

    /** Environment variables. */
    static SettingSource environment(Map<String, String> environment) {
        Map<String, String> variables = Map.copyOf(environment);
        return name -> Optional.ofNullable(variables.get(name.variable()))
                .map(value -> new Found(name.variable(), value, "environment " + name.variable()));
    }
}

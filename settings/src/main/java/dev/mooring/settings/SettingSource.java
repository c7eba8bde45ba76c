package dev.mooring.settings;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where settings come from: the environment, or a framework's own configuration. */
@FunctionalInterface
public interface SettingSource {
    /** The value set under this name, if there is one. {@link Settings} treats a blank value as not set. */
    Optional<Found> find(SettingName name);

    /** The names of all environment variables, among which {@link Settings#check} looks for misspelled ones; empty by default. */
    default Collection<String> variables() {
        return List.of();
    }

    /** Whether this source reads the setting from the environment variable {@link SettingName#variable()}; true by default. */
    default boolean readsVariable(SettingName name) {
        return true;
    }

    /** Environment variables. */
    static SettingSource environment(Map<String, String> environment) {
        return new Environment(environment);
    }
}

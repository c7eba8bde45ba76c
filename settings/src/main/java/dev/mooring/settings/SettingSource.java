package dev.mooring.settings;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where settings come from: the environment, or a framework's own configuration. */
@FunctionalInterface
public interface SettingSource {
    /** The value set under this name, if there is one. An empty value counts as not set; the reader sees to that. */
    Optional<Found> find(SettingName name);

    /** The names of all environment variables there are, so that a misspelled one can be told; empty when they are not known. */
    default Collection<String> variables() {
        return List.of();
    }

    /** Environment variables. */
    static SettingSource environment(Map<String, String> environment) {
        return new Environment(environment);
    }
}

package dev.mooring.settings;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Environment variables. A value may be a secret, so the class does not print them. */
final class Environment implements SettingSource {
    private final Map<String, String> values;

    Environment(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    @Override
    public Optional<Found> find(SettingName name) {
        String variable = name.variable();
        return Optional.ofNullable(values.get(variable))
                .map(value -> new Found(variable, value, "environment " + variable));
    }

    @Override
    public Collection<String> variables() {
        return values.keySet();
    }
}

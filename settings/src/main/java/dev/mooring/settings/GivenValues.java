package dev.mooring.settings;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Values that code sets, instead of an operator. The same definitions, bounds and rules hold, and errors have the same words:
 * {@code orders.pool-max is "0"; expected a whole number from 1 to 1000}. Not thread-safe.
 */
public final class GivenValues implements SettingSource {
    private static final String ORIGIN = "code";

    private final Map<SettingName, Found> given = new HashMap<>();

    /** Sets a value. */
    public <T> GivenValues with(Setting<T> setting, T value) {
        return withText(setting, setting.type().show().apply(value));
    }

    /** Sets a value. An empty one means {@code off}; where the setting cannot be off, it leaves the default. */
    public <T> GivenValues with(Setting<T> setting, Optional<T> value) {
        return value.isPresent() || !setting.canBeOff()
                ? value.map(present -> with(setting, present)).orElse(this)
                : withText(setting, "off");
    }

    /** Sets a value, as text in the form that an operator writes. */
    public GivenValues withText(Setting<?> setting, String text) {
        given.put(setting.name(), new Found(setting.name().property(), text, ORIGIN));
        return this;
    }

    @Override
    public Optional<Found> find(SettingName name) {
        return Optional.ofNullable(given.get(name));
    }
}

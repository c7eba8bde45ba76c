package dev.mooring.settings;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Values that code gives to settings instead of an operator. Definitions, bounds and rules are the same, and so are the words of an
 * error: {@code orders.pool-max is "0"; expected a whole number from 1 to 1000}. Not thread-safe.
 */
public final class GivenValues implements SettingSource {
    private static final String ORIGIN = "code";

    private final Map<SettingName, Found> given = new HashMap<>();

    /** Gives a value. */
    public <T> GivenValues with(Setting<T> setting, T value) {
        return withText(setting, setting.type().show().apply(value));
    }

    /** Gives a value, or says that there is none. */
    public <T> GivenValues with(Setting<T> setting, Optional<T> value) {
        return value.isPresent() || !setting.canBeOff()
                ? value.map(present -> with(setting, present)).orElse(this)
                : withText(setting, "off");
    }

    /** Gives a value in the form in which an operator writes it. */
    public GivenValues withText(Setting<?> setting, String text) {
        given.put(setting.name(), new Found(setting.name().property(), text, ORIGIN));
        return this;
    }

    @Override
    public Optional<Found> find(SettingName name) {
        return Optional.ofNullable(given.get(name));
    }
}

package dev.mooring.settings;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of a setting in both its forms. The one rule: the environment variable is the property in capitals with {@code _}
 * for each dot and dash, so {@code database.connect-timeout} is {@code DATABASE_CONNECT_TIMEOUT}.
 *
 * @param property lower-case words and digits, joined by dots and dashes
 */
public record SettingName(String property) {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9]*([.-][a-z0-9]+)*");

    public SettingName {
        if (!FORM.matcher(property).matches()) {
            throw new IllegalArgumentException(
                    "a setting's property is lower-case words joined by dots and dashes, not \"" + property + "\"");
        }
    }

    /** The environment variable, for example {@code DATABASE_CONNECT_TIMEOUT}. */
    public String variable() {
        return property.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** The name of the setting that holds the path of a file with this one's value. */
    public SettingName file() {
        return new SettingName(property + "-file");
    }

    @Override
    public String toString() {
        return variable();
    }
}

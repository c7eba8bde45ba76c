package dev.mooring.settings;

/**
 * The text of one value in a source of settings.
 *
 * @param name the name of the setting in that source, such as {@code DATABASE_PORT}; error messages begin with it
 * @param value the text; it may be a secret, so {@link #toString()} leaves it out
 * @param origin the source, for people, such as {@code environment DATABASE_PORT}
 */
public record Found(String name, String value, String origin) {
    @Override
    public String toString() {
        return name + " from " + origin;
    }
}

package dev.mooring.settings;

/**
 * A value as it stands in a source of settings.
 *
 * @param name the name it has in that source, as in {@code DATABASE_PORT}; error messages begin with it
 * @param value the text as it stands there; may be a secret, so {@link #toString()} leaves it out
 * @param origin the source, for people, as in {@code environment DATABASE_PORT}
 */
public record Found(String name, String value, String origin) {
    @Override
    public String toString() {
        return name + " from " + origin;
    }
}

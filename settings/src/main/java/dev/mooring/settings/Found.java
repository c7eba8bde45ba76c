package dev.mooring.settings;

/**
 * A value that somebody set.
 *
 * @param name what it is called where it was set, as in {@code DATABASE_PORT}: error messages begin with it
 * @param value the text as it stands there; may be a secret, so {@link #toString()} leaves it out
 * @param origin where it was set, for people, as in {@code environment DATABASE_PORT}
 */
public record Found(String name, String value, String origin) {
    @Override
    public String toString() {
        return name + " from " + origin;
    }
}

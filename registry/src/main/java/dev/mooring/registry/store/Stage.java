package dev.mooring.registry.store;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The stage of a version, as older releases of MLflow have it. */
public enum Stage {
    /** The stage of a new version. */
    NONE,
    /** For versions that people try. */
    STAGING,
    /** For versions in use. */
    PRODUCTION,
    /** For versions that were in use. */
    ARCHIVED;

    private final String text = name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);

    /** The stage as clients and the tables write it, such as {@code Production}. */
    public String text() {
        return text;
    }

    /** The stage that a text names, in any case; empty if it names none. */
    public static Optional<Stage> of(String text) {
        // Ignoring the case of single characters, Java takes the dotless i for an i and the long s for an s.
        String lower = text.toLowerCase(Locale.ROOT);
        return Stream.of(values())
                .filter(stage -> stage.text.toLowerCase(Locale.ROOT).equals(lower))
                .findFirst();
    }
}

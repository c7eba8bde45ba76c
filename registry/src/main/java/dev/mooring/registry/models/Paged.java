package dev.mooring.registry.models;

import java.util.Optional;

/** The lists that are given out in pages. */
enum Paged {
    /** By name. */
    MODELS("m"),
    /** Newest first, by number. */
    VERSIONS("v"),
    /** Newest first, by sequence. */
    HISTORY("h");

    private final String mark;

    Paged(String mark) {
        this.mark = mark;
    }

    /** One character that tells a token for this list from the others. */
    String mark() {
        return mark;
    }

    /** The key, if it can be one of this list. */
    Optional<String> key(String text) {
        boolean valid = this == MODELS
                ? ModelName.objectionTo(text) == null
                : VersionNumber.read(text).isPresent();
        return valid ? Optional.of(text) : Optional.empty();
    }
}

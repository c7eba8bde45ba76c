package dev.mooring.registry.models;

import dev.mooring.registry.page.PagedList;
import java.util.Optional;

/** The lists of the registry. */
enum Paged implements PagedList {
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

    @Override
    public String mark() {
        return mark;
    }

    @Override
    public Optional<String> key(String text) {
        boolean valid = this == MODELS
                ? ModelName.objectionTo(text) == null
                : VersionNumber.read(text).isPresent();
        return valid ? Optional.of(text) : Optional.empty();
    }
}

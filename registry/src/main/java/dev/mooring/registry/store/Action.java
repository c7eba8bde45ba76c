package dev.mooring.registry.store;

import java.util.Locale;

/** What an event of a model's history says. */
public enum Action {
    /** A model was made without a version. */
    CREATED,
    /** A version was made, and its model if there was none. */
    REGISTERED,
    /** An alias was pointed to a version. */
    PROMOTED,
    /** An alias was removed, by itself or with its version. */
    ALIAS_REMOVED,
    /** A version moved from the stage {@code from} to the stage {@code to}. */
    STAGE_CHANGED,
    /** A model was renamed from the name {@code from} to the name {@code to}. */
    RENAMED,
    /** A version was deleted. */
    VERSION_DELETED,
    /** A model was deleted, with all its versions and aliases. */
    DELETED;

    /** The action as clients and the tables write it, in snake case. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}

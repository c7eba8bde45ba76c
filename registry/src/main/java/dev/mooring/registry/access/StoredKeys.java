package dev.mooring.registry.access;

import dev.mooring.settings.Secret;
import java.util.Optional;

/** Keys that are kept in the database, as this process knows them. Answers from memory and never waits. Thread-safe. */
public interface StoredKeys {
    /** The owner of a key that is valid now. */
    Optional<Caller> owner(Secret key);

    /** Whether a key may be one of these and nobody can tell yet, because they were not read since the start. */
    boolean isUndecided(Secret key);

    /** Whether it is known that there are none. */
    boolean areNone();
}

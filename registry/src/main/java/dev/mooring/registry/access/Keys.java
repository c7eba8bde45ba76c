package dev.mooring.registry.access;

import dev.mooring.settings.Secret;
import java.util.Optional;

/** The keys that are known, in memory. Thread-safe. */
final class Keys {
    private final Optional<Secret> adminKey;

    Keys(Optional<Secret> adminKey) {
        this.adminKey = adminKey;
    }

    /** Whether nobody can have a valid key. */
    boolean isEmpty() {
        return adminKey.isEmpty();
    }

    /** The owner of a key, if it is valid; found in a time that does not tell how much of it is right. */
    Optional<Caller> owner(Secret key) {
        return adminKey.filter(key::equals).map(same -> Caller.ADMIN);
    }
}

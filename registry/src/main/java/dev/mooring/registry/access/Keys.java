package dev.mooring.registry.access;

import dev.mooring.settings.Secret;
import java.util.Optional;

/** All keys that open something. Thread-safe. */
final class Keys {
    private final AdminKey adminKey;
    private final StoredKeys stored;

    Keys(AdminKey adminKey, StoredKeys stored) {
        this.adminKey = adminKey;
        this.stored = stored;
    }

    /** The owner of a key, if it is valid; found in a time that does not tell how much of it is right. */
    Optional<Caller> owner(Secret key) {
        return adminKey.current().filter(key::equals).map(same -> Caller.ADMIN).or(() -> stored.owner(key));
    }

    /** What is said of a key that has no owner. */
    Decision.Refused refuse(Secret key) {
        if (stored.isUndecided(key)) {
            return Decision.Refused.undecided();
        }
        return areNone() ? refuseAll() : Decision.Refused.withWrongKey("The key is not valid.");
    }

    /** What is said of a call without a key. */
    Decision.Refused refuse() {
        return areNone()
                ? refuseAll()
                : Decision.Refused.withoutKey(
                        "This call needs a key: send it as \"Authorization: Bearer KEY\" or as \"X-API-Key: KEY\".");
    }

    private boolean areNone() {
        return adminKey.current().isEmpty() && stored.areNone();
    }

    private static Decision.Refused refuseAll() {
        return Decision.Refused.withoutKey(
                "This call needs a key, and the service has none yet: its log says how to set one.");
    }
}

package dev.mooring.operations.access;

import dev.mooring.settings.Secret;
import dev.mooring.spring.memory.FromMemory;
import java.util.Optional;
import java.util.Set;

/** The admin key and the stored keys. Thread-safe. */
final class Keys implements FromMemory {
    private final AdminKey adminKey;
    private final Caller admin;
    private final StoredKeys stored;

    /** {@code all} are the scopes of the admin key. */
    Keys(AdminKey adminKey, Set<Scope> all, StoredKeys stored) {
        this.adminKey = adminKey;
        this.admin = Caller.admin(all);
        this.stored = stored;
    }

    /** The owner of a key; empty if the key is not valid. The time that this takes does not reveal how much of the key is right. */
    Optional<Caller> owner(Secret key) {
        return adminKey.current().filter(key::equals).map(same -> admin).or(() -> stored.owner(key));
    }

    /** The answer to a key that has no owner. */
    Decision.Refused refuse(Secret key) {
        if (stored.isUndecided(key)) {
            return Decision.Refused.undecided();
        }
        return areNone() ? refuseAll() : Decision.Refused.withWrongKey("The key is not valid.");
    }

    /** The answer to a call without a key. */
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

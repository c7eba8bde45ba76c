package dev.mooring.operations.access;

import dev.mooring.settings.Secret;
import dev.mooring.spring.memory.FromMemory;
import java.util.Optional;
import java.util.Set;

/** The keys in memory: the admin key and the stored keys. Knows whether another service has more. Thread-safe. */
final class Keys implements FromMemory {
    private final AdminKey adminKey;
    private final Caller admin;
    private final StoredKeys stored;
    private final boolean moreElsewhere;

    /**
     * The keys of one service.
     *
     * @param all the scopes of the admin key
     * @param moreElsewhere whether another service knows more keys
     */
    Keys(AdminKey adminKey, Set<Scope> all, StoredKeys stored, boolean moreElsewhere) {
        this.adminKey = adminKey;
        this.admin = Caller.admin(all);
        this.stored = stored;
        this.moreElsewhere = moreElsewhere;
    }

    /** The owner of a key; empty if the key is not valid. The time that this takes does not reveal how much of the key is right. */
    Optional<Caller> owner(Secret key) {
        return adminKey.current().filter(key::equals).map(same -> admin).or(() -> stored.owner(key));
    }

    /**
     * Whether another service may know a key that has no owner here. It never knows those that operations need, nor those that look
     * like a stored key: so it learns neither, and operators do not wait for it.
     */
    boolean mayBeElsewhere(Secret key, Scope needed) {
        return moreElsewhere && !needed.isOfOperations() && !stored.looksLikeOne(key);
    }

    /** The answer to a key that has no owner. */
    Decision.Refused refuse(Secret key) {
        if (stored.isUndecided(key)) {
            return Decision.Refused.undecided();
        }
        if (moreElsewhere && !stored.looksLikeOne(key)) {
            return Decision.Refused.withWrongKey(
                    "The key is not valid for this call. Operations take ADMIN_API_KEY and the keys"
                            + " of POST /ops/keys; a key of the auth service opens other calls only.");
        }
        return areNone() ? refuseAll() : Decision.Refused.withUnknownKey();
    }

    /** The answer to a call without a key. */
    Decision.Refused refuse() {
        return areNone()
                ? refuseAll()
                : Decision.Refused.withoutKey(
                        "This call needs a key: send it as \"Authorization: Bearer KEY\" or as \"X-API-Key: KEY\".");
    }

    private boolean areNone() {
        return !moreElsewhere && adminKey.current().isEmpty() && stored.areNone();
    }

    private static Decision.Refused refuseAll() {
        return Decision.Refused.withoutKey(
                "This call needs a key, and the service has none yet: its log says how to set one.");
    }
}

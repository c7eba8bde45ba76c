package dev.mooring.operations.keys;

import dev.mooring.operations.access.Caller;
import dev.mooring.operations.access.Scope;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A key that is not revoked, without its text.
 *
 * @param name what it is for, for people; several keys may have the same
 * @param scopes what it may be used for
 * @param createdBy the name of the caller who made it
 * @param expiresAt when it ends by itself; empty when it does not
 */
record StoredKey(
        UUID id, String name, Set<Scope> scopes, Instant createdAt, String createdBy, Optional<Instant> expiresAt) {

    StoredKey {
        scopes = Set.copyOf(scopes);
    }

    boolean isValidAt(Instant now) {
        return expiresAt.isEmpty() || now.isBefore(expiresAt.get());
    }

    /** The caller who has the key: its name for people, its id to tell it from others of that name. No name of a key has a slash. */
    Caller owner() {
        return new Caller(name + "/" + id, scopes, expiresAt);
    }
}

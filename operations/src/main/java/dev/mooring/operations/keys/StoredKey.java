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
 * @param name a name for people; several keys may have the same one
 * @param scopes the calls that it opens
 * @param createdBy the name of the caller that made it
 * @param expiresAt when it expires; empty if it does not expire
 */
record StoredKey(
        UUID id, String name, Set<Scope> scopes, Instant createdAt, String createdBy, Optional<Instant> expiresAt) {

    StoredKey {
        scopes = Set.copyOf(scopes);
    }

    boolean isValidAt(Instant now) {
        return expiresAt.isEmpty() || now.isBefore(expiresAt.get());
    }

    /**
     * The caller with this key, under the name {@code NAME/ID}: the id distinguishes keys that have the same name, and the name of a key
     * never holds a slash.
     */
    Caller owner() {
        return new Caller(name + "/" + id, scopes, expiresAt);
    }
}

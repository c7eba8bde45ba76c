package dev.mooring.operations.keys;

import dev.mooring.operations.access.Caller;
import dev.mooring.operations.access.Scope;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A key that is not revoked, without its text.
 *
 * @param name a name for people; several keys may have the same one
 * @param scopes the calls that it opens
 * @param createdBy the name of the caller that made it
 * @param expiresAt when it expires; empty if it does not expire
 * @param standing what happens to it when calls begin to need a key
 * @param lastUsedAt when it was last used, about; empty if it was not
 */
record StoredKey(
        UUID id,
        String name,
        Set<Scope> scopes,
        Instant createdAt,
        String createdBy,
        Optional<Instant> expiresAt,
        Standing standing,
        Optional<Instant> lastUsedAt) {

    StoredKey {
        scopes = Set.copyOf(scopes);
    }

    boolean isValidAt(Instant now) {
        return expiresAt.isEmpty() || now.isBefore(expiresAt.get());
    }

    /** The same, used at this moment unless it was used later. */
    StoredKey usedAt(Optional<Instant> moment) {
        Optional<Instant> last =
                Stream.concat(lastUsedAt.stream(), moment.stream()).max(Comparator.naturalOrder());
        return new StoredKey(id, name, scopes, createdAt, createdBy, expiresAt, standing, last);
    }

    /**
     * The caller with this key, under the name {@code NAME/ID}: the id distinguishes keys that have the same name, and the name of a key
     * never holds a slash.
     */
    Caller owner() {
        return new Caller(name + "/" + id, scopes, expiresAt);
    }
}

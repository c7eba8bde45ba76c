package dev.mooring.operations.access;

import dev.mooring.settings.Secret;
import dev.mooring.spring.memory.FromMemory;
import java.util.Optional;

/** The keys of the database, as this process last read them. Thread-safe. */
public interface StoredKeys extends FromMemory {
    /** The owner of a key that is valid now. */
    Optional<Caller> owner(Secret key);

    /** Whether a text is one of these keys, or was before something of it was lost or added: no other service may see it. */
    boolean looksLikeOne(Secret key);

    /** Whether a key may be one of these, but this process has not read them since its start. */
    boolean isUndecided(Secret key);

    /** Whether this process has read the keys and found none. */
    boolean areNone();

    /** The keys of a service without a database: none. */
    static StoredKeys none() {
        return new StoredKeys() {
            @Override
            public Optional<Caller> owner(Secret key) {
                return Optional.empty();
            }

            @Override
            public boolean looksLikeOne(Secret key) {
                return false;
            }

            @Override
            public boolean isUndecided(Secret key) {
                return false;
            }

            @Override
            public boolean areNone() {
                return true;
            }
        };
    }
}

package dev.mooring.registry.access;

import dev.mooring.settings.Secret;
import dev.mooring.settings.SecretSource;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The admin key {@code admin-key}, and stored keys named after the scope that each has, such as {@code models:read}. */
final class SomeKeys {
    private SomeKeys() {}

    static Keys withAdmin() {
        return new Keys(AdminKey.from(SecretSource.fixed(Secret.of("admin-key"))), oneForEachScope());
    }

    static Keys withoutAny() {
        return new Keys(AdminKey.none(), stored(Map.of(), true));
    }

    static Keys notRead() {
        return new Keys(AdminKey.from(SecretSource.fixed(Secret.of("admin-key"))), stored(Map.of(), false));
    }

    static Caller owner(Scope scope) {
        return new Caller("has " + scope.code(), EnumSet.of(scope), Optional.empty());
    }

    private static StoredKeys oneForEachScope() {
        Map<String, Caller> owners = new HashMap<>();
        for (Scope scope : Scope.values()) {
            owners.put(scope.code(), owner(scope));
        }
        return stored(owners, true);
    }

    private static StoredKeys stored(Map<String, Caller> owners, boolean read) {
        return new StoredKeys() {
            @Override
            public Optional<Caller> owner(Secret key) {
                return Optional.ofNullable(owners.get(key.reveal()));
            }

            @Override
            public boolean isUndecided(Secret key) {
                return !read && key.reveal().startsWith("mrg_");
            }

            @Override
            public boolean areNone() {
                return read && owners.isEmpty();
            }
        };
    }
}

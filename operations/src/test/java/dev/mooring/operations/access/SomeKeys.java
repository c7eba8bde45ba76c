package dev.mooring.operations.access;

import dev.mooring.settings.Secret;
import dev.mooring.settings.SecretSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The scopes of some features, the admin key {@code admin-key}, and stored keys named after their one scope, such as {@code models:read}. */
final class SomeKeys {
    static final Scope MODELS_READ = new Scope("models:read");
    static final Scope MODELS_WRITE = new Scope("models:write");

    /** The rules of every application, and those of one more feature. */
    static final ScopeRules RULES = new ScopeRules(List.of(
            new AccessAutoConfiguration().scopesOfHealth(),
            new AccessAutoConfiguration().scopesOfOperations(),
            EndpointScopes.of(MODELS_READ, MODELS_WRITE).below("/models", "/registrations")));

    private SomeKeys() {}

    static Keys withAdmin() {
        return keys(oneForEachScope());
    }

    static Keys withoutAny() {
        return new Keys(AdminKey.none(), RULES.known(), stored(Map.of(), true), false);
    }

    static Keys notRead() {
        return keys(stored(Map.of(), false));
    }

    static Keys withMoreElsewhere() {
        return keys(oneForEachScope(), true);
    }

    private static Keys keys(StoredKeys stored) {
        return keys(stored, false);
    }

    private static Keys keys(StoredKeys stored, boolean moreElsewhere) {
        return new Keys(
                AdminKey.from(SecretSource.fixed(Secret.of("admin-key"))), RULES.known(), stored, moreElsewhere);
    }

    static Caller admin() {
        return Caller.admin(RULES.known());
    }

    static Caller owner(Scope scope) {
        return new Caller("has " + scope.code(), Set.of(scope), Optional.empty());
    }

    private static StoredKeys oneForEachScope() {
        Map<String, Caller> owners = new HashMap<>();
        for (Scope scope : RULES.known()) {
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
            public boolean looksLikeOne(Secret key) {
                return key.reveal().startsWith("mrg_");
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

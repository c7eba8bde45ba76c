package dev.mooring.registry.access;

import dev.mooring.settings.Secret;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Decides whether a call may be made. Does no I/O and never waits. Thread-safe. */
final class Access {
    private final Keys keys;
    private final Caller anybody;

    /**
     * Makes the rules.
     *
     * @param keysAreAskedFor whether every call but health needs a key
     * @param onlyThisMachine whether nobody else can reach the service; then operations need none where the other calls need none
     */
    Access(boolean keysAreAskedFor, boolean onlyThisMachine, Keys keys) {
        this.keys = keys;
        this.anybody = Caller.anybody(open(keysAreAskedFor, onlyThisMachine));
    }

    /** Who may make a call of this method to this path with this key; or why nobody may. */
    Decision decide(String method, String path, Optional<Secret> key) {
        Optional<Scope> needed = NeededScope.of(method, path);
        Optional<Caller> owner = key.flatMap(keys::owner);
        Caller caller = owner.orElse(anybody);
        if (needed.isEmpty() || anybody.may(needed.get()) || caller.may(needed.get())) {
            return new Decision.Allowed(caller);
        }
        if (owner.isPresent()) {
            return Decision.Refused.withoutScope(caller, needed.get());
        }
        return key.map(keys::refuse).orElseGet(keys::refuse);
    }

    private static Set<Scope> open(boolean keysAreAskedFor, boolean onlyThisMachine) {
        if (keysAreAskedFor) {
            return Set.of();
        }
        return onlyThisMachine ? EnumSet.allOf(Scope.class) : EnumSet.of(Scope.MODELS_READ, Scope.MODELS_WRITE);
    }
}

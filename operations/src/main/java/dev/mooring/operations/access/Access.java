package dev.mooring.operations.access;

import dev.mooring.settings.Secret;
import dev.mooring.spring.memory.FromMemory;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Decides whether a caller may make a call. Thread-safe. */
final class Access implements FromMemory {
    private final ScopeRules rules;
    private final Keys keys;
    private final Caller anybody;

    /**
     * Decides by these rules and keys.
     *
     * @param keysAreAskedFor whether every call but health needs a key
     * @param onlyThisMachine whether no other machine reaches the service; then operations need a key only where other calls need one
     */
    Access(boolean keysAreAskedFor, boolean onlyThisMachine, ScopeRules rules, Keys keys) {
        this.rules = rules;
        this.keys = keys;
        this.anybody = Caller.anybody(keysAreAskedFor ? Set.of() : open(rules, onlyThisMachine));
    }

    /** Allows a call and names its caller, or refuses it with an answer. */
    Decision decide(String method, String path, Optional<Secret> key) {
        Optional<Scope> needed = rules.needed(method, path);
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

    private static Set<Scope> open(ScopeRules rules, boolean onlyThisMachine) {
        Set<Scope> open = new TreeSet<>(rules.known());
        if (!onlyThisMachine) {
            open.remove(Scope.OPS_READ);
            open.remove(Scope.OPS_ACT);
        }
        return open;
    }
}

package dev.mooring.operations.access;

import dev.mooring.settings.Secret;
import dev.mooring.spring.memory.FromMemory;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Decides from memory whether a caller may make a call. Thread-safe. */
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

    /** Allows a call and names its caller, refuses it with an answer, or says that another service may know the key. */
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
        if (key.isPresent() && keys.mayBeElsewhere(key.get(), needed.get())) {
            return new Decision.AskElsewhere(key.get(), needed.get());
        }
        return key.map(keys::refuse).orElseGet(keys::refuse);
    }

    /** Whether a call needs a scope, and so a key where keys are asked for. */
    boolean needsKey(String method, String path) {
        return rules.needed(method, path).isPresent();
    }

    /** The part of a path that the declarations of scopes name; empty where they name none. */
    Optional<String> place(String path) {
        return rules.place(path);
    }

    /** Decides about a call whose key another service was asked for. */
    static Decision decide(Scope needed, ValidatedKeys.Verdict verdict) {
        if (verdict instanceof ValidatedKeys.Verdict.Valid valid) {
            return valid.caller().may(needed)
                    ? new Decision.Allowed(valid.caller())
                    : Decision.Refused.withoutScope(valid.caller(), needed);
        }
        return verdict instanceof ValidatedKeys.Verdict.Unclear unclear
                ? Decision.Refused.unclear(unclear)
                : Decision.Refused.withUnknownKey();
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

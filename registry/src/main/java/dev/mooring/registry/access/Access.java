package dev.mooring.registry.access;

import dev.mooring.settings.Secret;
import java.util.Optional;

/** Decides whether a call may be made. Does no I/O and never waits. Thread-safe. */
public final class Access {
    private final boolean keysAreAskedFor;
    private final boolean onlyThisMachine;
    private final Keys keys;

    /**
     * Makes the rules.
     *
     * @param keysAreAskedFor whether every call but health needs a key
     * @param onlyThisMachine whether nobody else can reach the service; then operations need none where the other calls need none
     * @param adminKey the key that opens everything, if there is one
     */
    public Access(boolean keysAreAskedFor, boolean onlyThisMachine, Optional<Secret> adminKey) {
        this.keysAreAskedFor = keysAreAskedFor;
        this.onlyThisMachine = onlyThisMachine;
        this.keys = new Keys(adminKey);
    }

    /** Who may make a call to this path with this key; or why nobody may. */
    Decision decide(String path, Optional<Secret> key) {
        Optional<Caller> owner = key.flatMap(keys::owner);
        if (owner.isPresent()) {
            return new Decision.Allowed(owner.get());
        }
        if (!needsKey(Area.of(path))) {
            return new Decision.Allowed(Caller.ANYBODY);
        }
        return new Decision.Refused(key.isPresent(), words(key.isPresent()));
    }

    /** Whether calls are asked for a key that nobody can have. */
    boolean isClosedForAll() {
        return keysAreAskedFor && keys.isEmpty();
    }

    private boolean needsKey(Area area) {
        return switch (area) {
            case HEALTH -> false;
            case MODELS -> keysAreAskedFor;
            case OPERATIONS -> keysAreAskedFor || !onlyThisMachine;
        };
    }

    private String words(boolean keyGiven) {
        if (keys.isEmpty()) {
            return "This call needs a key, and the service has none yet: its log says how to set one.";
        }
        return keyGiven
                ? "The key is not valid."
                : "This call needs a key: send it as \"Authorization: Bearer KEY\" or as \"X-API-Key: KEY\".";
    }
}

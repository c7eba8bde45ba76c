package dev.mooring.registry.access;

import java.util.Arrays;
import java.util.Optional;

/** What a key may be used for. Each call that is guarded needs exactly one. */
public enum Scope {
    /** Reads models, versions, history and registrations. */
    MODELS_READ("models:read"),
    /** Registers, promotes, and changes whatever else stands in the registry. */
    MODELS_WRITE("models:write"),
    /** Looks at what operators see. */
    OPS_READ("ops:read"),
    /** Does what operators do. */
    OPS_ACT("ops:act");

    private final String code;

    Scope(String code) {
        this.code = code;
    }

    /** The scope that is written so; empty if none is. */
    public static Optional<Scope> of(String code) {
        return Arrays.stream(values()).filter(scope -> scope.code.equals(code)).findFirst();
    }

    /** As it is written: {@code models:read}. */
    public String code() {
        return code;
    }
}

package dev.mooring.testing.architecture;

import java.util.Locale;

/**
 * The modules in order: each may use those before it, and only tests use TESTING. Module testing-kit counts as testing, because its
 * packages have that name.
 */
enum Module {
    CORE,
    SETTINGS,
    EMBEDDED,
    TESTING,
    POSTGRES,
    HTTP,
    REDIS,
    MESSAGES,
    PROFILES,
    SPRING,
    OPERATIONS,
    REGISTRY,
    CLI,
    EXAMPLES,
    BENCHMARKS;

    /** The module that a package belongs to: the one it is named after, else core. */
    static Module of(String packageName) {
        for (Module module : values()) {
            if ((packageName + ".").startsWith("dev.mooring." + module + ".")) {
                return module;
            }
        }
        return CORE;
    }

    boolean mayUse(Module other) {
        return other == this || (other != TESTING && other.compareTo(this) < 0);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

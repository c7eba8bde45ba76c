package dev.mooring.operations.keys;

import org.jspecify.annotations.Nullable;

/** What happens to a key when calls begin to need one. */
enum Standing {
    /** It was made while calls needed a key, so it works on. */
    LASTS,
    /** It was made while calls needed none, and its maker said why it shall work on. */
    STAYS,
    /** It was made while calls needed none, so any program of the machine may have made it. It works only as long as calls need none. */
    ENDS;

    static Standing of(boolean whileOpen, boolean hasReason) {
        return whileOpen ? hasReason ? STAYS : ENDS : LASTS;
    }

    /** Whether a key that was made while calls needed none works on when they need one; null for any other key. */
    @Nullable
    Boolean stays() {
        return this == LASTS ? null : this == STAYS;
    }
}

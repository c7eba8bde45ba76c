package dev.mooring.testing.proxy;

/** Which connections a fault is for. */
public enum Affected {
    /** Only connections that are opened from now on. */
    NEW,
    /** Only connections that are open now. */
    EXISTING,
    /** Both. */
    ALL;

    boolean includesNew() {
        return this != EXISTING;
    }

    boolean includesExisting() {
        return this != NEW;
    }
}

package dev.mooring.settings;

/** A secret that never changes. */
record FixedSecret(Secret current) implements SecretSource {
    @Override
    public boolean mayChange() {
        return false;
    }
}

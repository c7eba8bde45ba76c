package dev.mooring.settings;

/** A secret that stays as it is. */
record FixedSecret(Secret current) implements SecretSource {
    @Override
    public boolean mayChange() {
        return false;
    }
}

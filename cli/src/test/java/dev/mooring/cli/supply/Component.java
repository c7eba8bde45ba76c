package dev.mooring.cli.supply;

/**
 * A library in a version.
 *
 * @param name group and artifact, as in {@code org.postgresql:postgresql}
 */
record Component(String name, String version) {
    @Override
    public String toString() {
        return name + ":" + version;
    }
}

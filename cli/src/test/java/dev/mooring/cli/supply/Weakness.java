package dev.mooring.cli.supply;

import org.apache.maven.artifact.versioning.ComparableVersion;
import org.jspecify.annotations.Nullable;

/**
 * Versions of a library with a published weakness.
 *
 * @param id its name in the advisories, such as {@code CVE-2024-1597}
 * @param component group and artifact of the library
 * @param introduced the first version with the weakness; {@code 0} for all from the beginning
 * @param fixed the first version without it; {@code null} if there is none yet
 */
record Weakness(
        String id,
        String component,
        String introduced,
        @Nullable String fixed) {
    boolean isIn(Component one) {
        ComparableVersion version = new ComparableVersion(one.version());
        return component.equals(one.name())
                && version.compareTo(new ComparableVersion(introduced)) >= 0
                && (fixed == null || version.compareTo(new ComparableVersion(fixed)) < 0);
    }
}

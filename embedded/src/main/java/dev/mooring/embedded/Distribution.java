package dev.mooring.embedded;

import dev.mooring.embedded.machine.Folders;
import io.zonky.test.db.postgres.util.ArchUtils;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Properties;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The PostgreSQL that this build carries on its class path, for the platform that it was built on. */
public final class Distribution {
    private static final Properties BUILT_WITH = builtWith();

    private Distribution() {}

    /** The major version, such as 18; its server reads only data of the same major version. */
    public static String majorVersion() {
        return BUILT_WITH.getProperty("version").replaceFirst("\\..*", "");
    }

    /**
     * Unpacks the programs into a folder of their own in {@code parent} unless an earlier call did; that takes seconds. It unpacks into a
     * temporary folder and renames it, so a JVM that is killed meanwhile leaves no half of it under the final name. The caller makes sure
     * that one call runs at a time for each parent.
     *
     * @throws InterruptedException if the calling thread was interrupted; nothing is unpacked then
     */
    public static Programs unpack(Path parent) throws IOException, InterruptedException {
        Path folder = parent.resolve(
                "postgresql-" + BUILT_WITH.getProperty("version") + "-" + BUILT_WITH.getProperty("platform"));
        if (!Files.isDirectory(folder)) {
            Path beside = parent.resolve("postgresql-unpacking");
            Folders.delete(beside);
            try (var tar = new TarArchiveInputStream(new XZCompressorInputStream(archive()))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    if (Thread.interrupted()) {
                        throw new InterruptedException();
                    }
                    unpack(tar, entry, beside);
                }
            }
            Files.move(beside, folder, StandardCopyOption.ATOMIC_MOVE);
        }
        return new Programs(folder.resolve("bin"));
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path into) throws IOException {
        Path file = into.resolve(entry.getName()).normalize();
        if (!file.startsWith(into)) {
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

    /** The archive in the artifact that holds this platform's programs. */
    private static InputStream archive() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
        String name = "/postgres-" + system + "-" + ArchUtils.normalize(System.getProperty("os.arch")) + ".txz";
        InputStream archive = Distribution.class.getResourceAsStream(name);
        if (archive == null) {
            throw new EmbeddedPostgresException("this build carries PostgreSQL for "
                    + BUILT_WITH.getProperty("platform")
                    + " only; build it on this machine, or use a PostgreSQL of your own");
        }
        return archive;
    }

    private static Properties builtWith() {
        Properties properties = new Properties();
        try (InputStream in = Distribution.class.getResourceAsStream("distribution.properties")) {
            if (in == null) {
                throw new IllegalStateException("distribution.properties is missing: the build filters it in");
            }
            properties.load(in);
            return properties;
        } catch (IOException broken) {
            throw new IllegalStateException("distribution.properties cannot be read", broken);
        }
    }
}

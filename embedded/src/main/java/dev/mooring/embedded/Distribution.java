package dev.mooring.embedded;

import dev.mooring.embedded.machine.Folders;
import io.zonky.test.db.postgres.util.ArchUtils;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The PostgreSQL that this build carries on its class path, for the platform that it was built on. */
public final class Distribution {
    private static final Logger LOG = LoggerFactory.getLogger(Distribution.class);
    private static final Properties BUILT_WITH = builtWith();

    /** Lets one thread of this process unpack at a time; other processes wait at a lock on a file. */
    private static final ReentrantLock UNPACKING = new ReentrantLock();

    private Distribution() {}

    /** The major version, such as 18; its server reads only data of the same major version. */
    public static String majorVersion() {
        return BUILT_WITH.getProperty("version").replaceFirst("\\..*", "");
    }

    /**
     * The programs in a folder of their own in {@code parent}, which this call unpacks if they are missing; that takes seconds. Programs
     * that are there must be those of this build, file by file, and only this user or root may be able to write them; others are replaced.
     * It unpacks into a temporary folder and renames it, so a JVM that is killed meanwhile leaves no half of it under the final name. Calls
     * for the same parent wait for each other.
     *
     * @throws InterruptedException if the calling thread was interrupted; nothing is unpacked then
     */
    public static Programs unpack(Path parent) throws IOException, InterruptedException {
        UNPACKING.lockInterruptibly();
        try (FileChannel file = OwnFile.open(parent.resolve("postgresql.lock"));
                var lock = file.lock()) {
            Path folder = parent.resolve(
                    "postgresql-" + BUILT_WITH.getProperty("version") + "-" + BUILT_WITH.getProperty("platform"));
            if (!isOurs(folder)) {
                Path beside = parent.resolve("postgresql-unpacking");
                Folders.delete(beside);
                unpack(archive(), beside);
                Folders.delete(folder);
                Files.move(beside, folder, StandardCopyOption.ATOMIC_MOVE);
                new Seal(folder).put();
            }
            return new Programs(folder.resolve("bin"));
        } finally {
            UNPACKING.unlock();
        }
    }

    /** The checksum of the unpacked programs, as {@link Seal} computes it. */
    static String checksum() {
        return BUILT_WITH.getProperty("checksum." + BUILT_WITH.getProperty("platform"), "");
    }

    private static boolean isOurs(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        String problem = new Seal(folder).problem(checksum());
        if (!problem.isEmpty()) {
            LOG.warn("the programs in {} are unpacked again: {}", folder, problem);
        }
        return problem.isEmpty();
    }

    static void unpack(InputStream archive, Path folder) throws IOException, InterruptedException {
        try (var tar = new TarArchiveInputStream(new XZCompressorInputStream(archive))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                unpack(tar, entry, folder);
            }
        }
        openFolders(folder);
    }

    /** Lets every user read in the folders, whatever this process masks. */
    private static void openFolders(Path top) throws IOException {
        try (Stream<Path> all = Files.walk(top)) {
            for (Path folder : all.filter(Files::isDirectory).toList()) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
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

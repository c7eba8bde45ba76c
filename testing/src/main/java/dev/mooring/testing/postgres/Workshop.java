package dev.mooring.testing.postgres;

import dev.mooring.embedded.machine.Unprivileged;
import dev.mooring.testing.process.ChildProcess;
import dev.mooring.testing.process.LastWill;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * This JVM's directory for all its servers. It runs {@code initdb} once for each PostgreSQL and copies the result for each server, which
 * takes a tenth of the time.
 */
final class Workshop {
    static final String ADMIN = "postgres";
    /** Random, so that no other process can guess it, and a test that finds it in a log has found a leak. */
    static final String ADMIN_PASSWORD = "admin-" + UUID.randomUUID();

    private static final Duration INITDB_LIMIT = Duration.ofSeconds(60);
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long ROOM_NEEDED = 2L << 30;
    private static final Path ROOT = createRoot();
    /** Guarded by the lock of this class: two servers that start together share one initdb. */
    private static final Map<PostgresPrograms, Path> TEMPLATES = new HashMap<>();

    private Workshop() {}

    /** A new directory for one server, with {@code data} inside. */
    static Path newServer(PostgresPrograms programs) {
        Path server = newHome();
        try {
            Directories.copy(template(programs), server.resolve("data"));
            return server;
        } catch (IOException failed) {
            throw new UncheckedIOException("no data directory for " + programs.description(), failed);
        }
    }

    /** A new, empty directory for one server. */
    static Path newHome() {
        try {
            Path home = Files.createTempDirectory(ROOT, "server-");
            Unprivileged.give(home);
            return home;
        } catch (IOException failed) {
            throw new UncheckedIOException("no directory for a server below " + ROOT, failed);
        }
    }

    private static synchronized Path template(PostgresPrograms programs) throws IOException {
        Path template = TEMPLATES.get(programs);
        if (template == null) {
            Path directory = Files.createTempDirectory(ROOT, "template-");
            Unprivileged.give(directory);
            template = initdb(programs, directory);
            TEMPLATES.put(programs, template);
        }
        return template;
    }

    private static Path initdb(PostgresPrograms programs, Path directory) throws IOException {
        Path data = directory.resolve("data");
        Path password = Files.writeString(directory.resolve("password"), StoredPassword.of(ADMIN_PASSWORD));
        // Small segments of the write-ahead log: each new data directory has one, of 16 MB by default.
        List<String> command = programs.programs().initdb(data, ADMIN, password, "--no-sync", "--wal-segsize=1");
        try (ChildProcess initdb = ChildProcess.command(command).start()) {
            if (initdb.awaitExit(INITDB_LIMIT) != 0) {
                throw new IllegalStateException("no data directory could be made: " + initdb);
            }
        }
        Files.delete(password);
        return data;
    }

    private static Path createRoot() {
        try {
            Path root = Files.createTempDirectory(fastestPlace(), "mooring-testing-");
            LastWill.delete(root);
            if (Unprivileged.isRoot()) {
                // The user that runs the servers must get through.
                Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
            }
            return root;
        } catch (IOException failed) {
            throw new UncheckedIOException("no temporary directory for PostgreSQL", failed);
        }
    }

    /** In memory where there is room: on a busy disk the thousand files of a new server take 1 s instead of 0.1 s. */
    private static Path fastestPlace() throws IOException {
        if (Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() > ROOM_NEEDED) {
            return MEMORY;
        }
        return Path.of(System.getProperty("java.io.tmpdir"));
    }
}

package dev.mooring.testing.redis;

import dev.mooring.testing.process.LastWill;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** This JVM's directory for the files of all its Redis servers; it ends with the JVM. */
final class Workplace {
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long ROOM_NEEDED = 1L << 30;
    private static final Path ROOT = createRoot();

    private Workplace() {}

    /** A new, empty directory for one server. */
    static Path newHome() {
        try {
            return Files.createTempDirectory(ROOT, "server-");
        } catch (IOException failed) {
            throw new UncheckedIOException("no directory for a server below " + ROOT, failed);
        }
    }

    private static Path createRoot() {
        try {
            Path place = Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() > ROOM_NEEDED
                    ? MEMORY
                    : Path.of(System.getProperty("java.io.tmpdir"));
            Path root = Files.createTempDirectory(place, "mooring-testing-redis-");
            LastWill.delete(root);
            return root;
        } catch (IOException failed) {
            throw new UncheckedIOException("no temporary directory for Redis", failed);
        }
    }
}

package dev.mooring.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a folder for one server of one process: two servers on one data directory would destroy the data. The operating system frees the
 * lock, however the process ends. The file stays and names the process that held the lock last.
 */
final class HomeLock implements AutoCloseable {
    private final FileChannel file;

    private HomeLock(FileChannel file) {
        this.file = file;
    }

    /**
     * Takes the lock.
     *
     * @throws EmbeddedPostgresException the lock is taken; the message names the process that holds it
     */
    static HomeLock take(Home home) throws IOException {
        Path path = home.path().resolve("lock");
        FileChannel file = OwnFile.open(path);
        if (tryLock(file) == null) {
            file.close();
            throw home.refused(", which " + holder(path) + " uses; expected a folder of its own for each server");
        }
        String holder = "process " + ProcessHandle.current().pid() + " (since "
                + Instant.now().truncatedTo(ChronoUnit.SECONDS) + ")";
        file.truncate(0).write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
        return new HomeLock(file);
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException thisProcess) {
            return null;
        }
    }

    private static String holder(Path path) throws IOException {
        return OwnFile.read(path).filter(holder -> !holder.isBlank()).orElse("another process");
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

package dev.mooring.testing.postgres;

import dev.mooring.embedded.machine.Unprivileged;
import dev.mooring.testing.process.ChildProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A disk of its own for the tables of one server, small enough to be filled: a tmpfs in a mount namespace that a sleeping process holds.
 * The rest of the machine does not see the mount, and it ends with that process.
 *
 * <p>The write-ahead log stays on the ordinary disk: a server that cannot write it stops altogether, while one whose tables cannot grow
 * answers 53100 and lives.
 */
final class SmallDisk implements AutoCloseable {
    private static final String SIZE = "128m";
    private static final Duration MOUNT_LIMIT = Duration.ofSeconds(10);
    private static final int LARGE_BLOCK = 1 << 20;

    private final ChildProcess holder;
    private final Path ballast;

    /** Mounts the disk over {@code directory} and copies the files of the directory onto it. */
    SmallDisk(Path directory) {
        List<String> command = new ArrayList<>(List.of("unshare", "--mount"));
        if (!Unprivileged.isRoot()) {
            command.addAll(List.of("--user", "--map-root-user"));
        }
        command.addAll(List.of("sh", "-c", MOUNT_AND_HOLD, directory.toString(), SIZE));
        holder = ChildProcess.command(command).start();
        try {
            holder.awaitLine("mounted", MOUNT_LIMIT);
        } catch (AssertionError notMounted) {
            holder.close();
            throw new IllegalStateException(
                    "a small disk needs Linux and the right to mount in a namespace of one's own (unshare, nsenter)",
                    notMounted);
        }
        Path inside = Path.of("/proc/" + holder.pid() + "/root" + directory);
        ballast = inside.resolve("ballast");
        try {
            Directories.copy(directory, inside);
            Unprivileged.give(inside);
        } catch (IOException failed) {
            holder.close();
            throw new UncheckedIOException("the small disk cannot take " + directory, failed);
        }
    }

    private static final String MOUNT_AND_HOLD =
            "mount -t tmpfs -o size=\"$1\",mode=700 mooring-testing \"$0\" && echo mounted && exec sleep 86400";

    /** The command that runs {@code command} in the namespace of this disk. */
    List<String> command(List<String> command) {
        List<String> inside = new ArrayList<>(List.of("nsenter", "--mount", "--target", String.valueOf(holder.pid())));
        if (!Unprivileged.isRoot()) {
            inside.addAll(List.of("--user", "--preserve-credentials"));
        }
        inside.add("--");
        if (!Unprivileged.isRoot()) {
            // In the namespace an ordinary user is root, and PostgreSQL refuses to run as root.
            inside.addAll(List.of("unshare", "--user"));
        }
        inside.addAll(command);
        return inside;
    }

    /** Fills the disk to the last block. */
    void fill() {
        try (OutputStream out = Files.newOutputStream(ballast)) {
            for (int block = LARGE_BLOCK; block >= 1; block /= 2) {
                writeUntilFull(out, new byte[block]);
            }
        } catch (IOException fullWhenClosed) {
            // The disk is full.
        }
    }

    void free() {
        try {
            Files.deleteIfExists(ballast);
        } catch (IOException failed) {
            throw new UncheckedIOException("the small disk cannot be freed", failed);
        }
    }

    @Override
    public void close() {
        holder.close();
    }

    private static void writeUntilFull(OutputStream out, byte[] block) {
        try {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            // A smaller block may still fit.
        }
    }
}

package dev.mooring.testing.process;

import dev.mooring.embedded.machine.Signal;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends processes and deletes directories after this JVM is gone, even if {@code kill -9} prevents its shutdown hooks.
 *
 * <p>A shell holds the list and reads from a pipe that this JVM keeps open. When the JVM is gone, the pipe ends and the shell
 * works through the list. It ends a process only if the process id still belongs to the process that was entered. Thread-safe.
 */
public final class LastWill {
    /** Starts the shell detached from this JVM, so that a kill of the JVM with all its descendants does not end the shell. */
    private static final String DETACH = "mkfifo -m 600 \"$1\" && { sh -c \"$2\" <\"$1\" >/dev/null 2>&1 & }";

    private static final Duration START_LIMIT = Duration.ofSeconds(10);

    /** Where entries are written; guarded by the lock of this class. */
    private static @Nullable OutputStream entries;

    private LastWill() {}

    /** Adds a process: it and all its descendants get this signal, and SIGKILL 5 seconds later. */
    public static void end(ProcessHandle process, Signal signal) {
        append("process " + process.pid() + " " + startTicks(process) + " " + signal);
    }

    /** Adds a directory, which is deleted with its content. */
    public static void delete(Path directory) {
        append("directory " + directory.toAbsolutePath());
    }

    private static synchronized void append(String entry) {
        try {
            if (entries == null) {
                entries = startShell();
            }
            entries.write((entry + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException noShell) {
            throw new UncheckedIOException("the last will of this JVM cannot be kept: no shell to keep it", noShell);
        }
    }

    private static OutputStream startShell() throws IOException {
        Path directory = Files.createTempDirectory("mooring-testing-will-");
        Path pipe = directory.resolve("pipe");
        try (InputStream script = Objects.requireNonNull(LastWill.class.getResourceAsStream("last-will.sh"))) {
            String text = new String(script.readAllBytes(), StandardCharsets.UTF_8);
            Process start = new ProcessBuilder("sh", "-c", DETACH, "sh", pipe.toString(), text)
                    .directory(Path.of("/").toFile())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!start.waitFor(START_LIMIT.toSeconds(), TimeUnit.SECONDS) || start.exitValue() != 0) {
                throw new IOException("no pipe at " + pipe);
            }
            return new FileOutputStream(pipe.toFile());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the shell was started", interrupted);
        } finally {
            Files.deleteIfExists(pipe);
            Files.delete(directory);
        }
    }

    /** When the process started, as the kernel counts; 0 where there is no /proc. */
    private static String startTicks(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[19];
        } catch (IOException noProc) {
            return "0";
        }
    }
}

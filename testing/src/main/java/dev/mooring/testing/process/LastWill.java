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
 * What must not outlive this JVM: processes that are ended and directories that are deleted once it is gone, even if it is killed with
 * {@code kill -9} and runs no shutdown hook.
 *
 * <p>A small shell holds the list and reads from this JVM; when the JVM is gone its input ends, and it does what the list says. A
 * process is only ended if it is still the one that was entered. Thread-safe.
 */
public final class LastWill {
    /**
     * Starts the shell outside of this JVM's process tree: a kill of that whole tree must not end the last will too.
     */
    private static final String DETACH = "mkfifo -m 600 \"$1\" && { sh -c \"$2\" <\"$1\" >/dev/null 2>&1 & }";

    private static final Duration START_LIMIT = Duration.ofSeconds(10);

    /** Where entries are written; guarded by the lock of this class. */
    private static @Nullable OutputStream entries;

    private LastWill() {}

    /** The process, with all below it, gets this signal, and SIGKILL 5 seconds later. */
    public static void end(ProcessHandle process, Signal signal) {
        append("process " + process.pid() + " " + startTicks(process) + " " + signal);
    }

    /** The directory is deleted with all that is in it. */
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

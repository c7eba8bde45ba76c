package dev.mooring.testing.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What must not outlive this JVM: processes that are ended and directories that are deleted once it is gone, even if it is killed with
 * {@code kill -9} and runs no shutdown hook.
 *
 * <p>A small shell holds the list and reads from this JVM; when the JVM is gone its input ends, and it does what the list says. A
 * process is only ended if it is still the one that was entered. Thread-safe.
 */
public final class LastWill {
    private static @Nullable LastWill ours;

    private final Process shell;
    private final OutputStream entries;

    private LastWill(Process shell) {
        this.shell = shell;
        this.entries = shell.getOutputStream();
    }

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
            if (ours == null || !ours.shell.isAlive()) {
                ours = new LastWill(startShell());
            }
            ours.entries.write((entry + "\n").getBytes(StandardCharsets.UTF_8));
            ours.entries.flush();
        } catch (IOException noShell) {
            throw new UncheckedIOException("the last will of this JVM cannot be kept: no shell to keep it", noShell);
        }
    }

    private static Process startShell() throws IOException {
        try (InputStream script = Objects.requireNonNull(LastWill.class.getResourceAsStream("last-will.sh"))) {
            return new ProcessBuilder("sh", "-c", new String(script.readAllBytes(), StandardCharsets.UTF_8))
                    .directory(Path.of("/").toFile())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
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

package dev.mooring.embedded.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Unix signal. */
public enum Signal {
    /** Asks a process to end. */
    TERM,
    /** Interrupts a process, as Ctrl-C does. */
    INT,
    /** Ends a PostgreSQL server at once; makes a JVM print its threads. */
    QUIT,
    /** Ends a process; it cannot refuse. */
    KILL,
    /** Stops a process; it keeps its memory and its connections. */
    STOP,
    /** Continues a stopped process. */
    CONT;

    private static final long LIMIT_SECONDS = 10;

    /**
     * Sends this signal to each process, within 10 s. Ignores processes that are gone.
     *
     * @throws IllegalStateException if sending took longer, or the calling thread was interrupted (the flag stays set)
     */
    public void sendTo(Collection<ProcessHandle> processes) {
        if (processes.isEmpty()) {
            return;
        }
        // The shell's own kill, because small systems lack the program of that name.
        List<String> command = new ArrayList<>(List.of("sh", "-c", "kill -s \"$0\" \"$@\" 2>/dev/null", name()));
        processes.forEach(process -> command.add(String.valueOf(process.pid())));
        try {
            Process kill = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!kill.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                kill.destroyForcibly();
                throw new IllegalStateException("signal " + this + " was not sent within " + LIMIT_SECONDS + " s");
            }
        } catch (IOException noShell) {
            throw new UncheckedIOException("signal " + this + " cannot be sent: no shell to send it with", noShell);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while signal " + this + " was sent", interrupted);
        }
    }
}

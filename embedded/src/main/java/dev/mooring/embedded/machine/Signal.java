package dev.mooring.embedded.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Unix signal. */
public enum Signal {
    /** Ends a process that does not mind. */
    TERM,
    /** What Ctrl-C sends. */
    INT,
    /** Ends a PostgreSQL server at once, prints the threads of a JVM. */
    QUIT,
    /** Ends a process whether it minds or not. */
    KILL,
    /** Stops a process where it stands. */
    STOP,
    /** Lets a stopped process go on. */
    CONT;

    private static final long LIMIT_SECONDS = 10;

    /**
     * Sends this to each of the processes, within 10 s; those that are gone already do not matter.
     *
     * @throws IllegalStateException if it took longer, or the calling thread was interrupted (the flag stays set)
     */
    public void sendTo(Collection<ProcessHandle> processes) {
        if (processes.isEmpty()) {
            return;
        }
        // The shell's own kill: the program of that name is missing on small systems.
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

package dev.mooring.testing.process;

import dev.mooring.embedded.machine.ProcessTree;
import dev.mooring.embedded.machine.Signal;
import dev.mooring.embedded.machine.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A real process that a test starts, reads, disturbs and ends.
 *
 * <pre>{@code
 * try (ChildProcess service = ChildProcess.java("com.example.Service", "serve")
 *         .environment("PORT", String.valueOf(port))
 *         .start()) {
 *     service.awaitLine("ready", Duration.ofSeconds(20));
 *     service.signal(Signal.TERM);
 *     assertThat(service.awaitExit(Duration.ofSeconds(10))).isZero();
 * }
 * }</pre>
 *
 * <p>Everything that the process prints is captured. The process ends with {@link #close()}, at the latest with this JVM, even if
 * that one is killed. Thread-safe. The reading threads are daemons with the names {@code mooring-child-…}.
 */
public final class ChildProcess implements AutoCloseable {
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);
    private static final int LINES_TOLD = 40;

    private final List<String> command;
    private final Process process;
    private final ProcessTree tree;
    private final CapturedOutput output;

    private ChildProcess(List<String> command, Process process, Signal lastSignal) {
        this.command = command;
        this.process = process;
        this.tree = new ProcessTree(process.toHandle());
        this.output = new CapturedOutput(process);
        LastWill.end(process.toHandle(), lastSignal);
    }

    /** A program with its arguments. */
    public static Builder command(String... command) {
        return new Builder(List.of(command));
    }

    /** A program with its arguments. */
    public static Builder command(List<String> command) {
        return new Builder(command);
    }

    /** A Java main class with its arguments, on this JVM's own JDK, class path and {@code -XX} options. */
    public static Builder java(String mainClass, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-XX:"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(List.of(arguments));
        return new Builder(command);
    }

    /** The process's id. */
    public long pid() {
        return process.pid();
    }

    /** Whether it runs or is stopped; false once it has ended. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** The lines that it has printed on standard output so far. */
    public List<String> stdout() {
        return output.lines(line -> line.stream() == CapturedOutput.Stream.OUT);
    }

    /** The lines that it has printed on standard error so far. */
    public List<String> stderr() {
        return output.lines(line -> line.stream() == CapturedOutput.Stream.ERR);
    }

    /** The lines of both streams so far, in the order in which they were read. */
    public List<String> lines() {
        return output.lines(line -> true);
    }

    /**
     * Waits for the first line that contains the text; lines that were printed before count too.
     *
     * @throws AssertionError with the output of the process, if the time is up or the process has ended
     */
    public String awaitLine(String text, Duration atMost) {
        return output.await(line -> line.contains(text), atMost)
                .orElseThrow(
                        () -> new AssertionError("no line with \"" + text + "\" within " + atMost + " from " + this));
    }

    /**
     * Waits until something accepts connections on this loopback port.
     *
     * @throws AssertionError with the output of the process, if the time is up or the process has ended
     */
    public void awaitPort(int port, Duration atMost) {
        Waiting.until(() -> !isAlive() || accepts(port), atMost);
        if (!isAlive()) {
            output.awaitEnd(LAST_WORDS);
        }
        if (!isAlive() || !accepts(port)) {
            throw new AssertionError(
                    "nothing accepts connections on port " + port + " within " + atMost + " from " + this);
        }
    }

    /**
     * Waits for the exit code; 128 and the signal's number if a signal ended the process.
     *
     * @throws AssertionError with the output of the process, if it has not ended when the time is up
     */
    public int awaitExit(Duration atMost) {
        try {
            if (!process.waitFor(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new AssertionError("still running after " + atMost + ": " + this);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the end of " + this, interrupted);
        }
        output.awaitEnd(LAST_WORDS);
        return process.exitValue();
    }

    /** Sends a signal to the process itself, not to its descendants. */
    public void signal(Signal signal) {
        signal.sendTo(Set.of(process.toHandle()));
    }

    /** Stops the process and all its descendants with SIGSTOP; returns when all of them are stopped. */
    public void freeze() {
        tree.freeze();
    }

    /** Lets the process and all its descendants continue after {@link #freeze()}. */
    public void thaw() {
        tree.thaw();
    }

    /** Kills the process and all its descendants with SIGKILL; returns when all of them are gone. */
    public void kill() {
        tree.kill();
        awaitExit(LAST_WORDS);
    }

    /** Kills as {@link #kill()} does; does nothing if the process has ended already. */
    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }

    /** The command, its state and the last lines that it printed; for messages of failed tests. */
    @Override
    public String toString() {
        List<String> printed = lines();
        String state = process.isAlive() ? "running" : "ended with " + process.exitValue();
        String last = String.join("\n  ", printed.subList(Math.max(0, printed.size() - LINES_TOLD), printed.size()));
        return command.get(0) + " (pid " + pid() + ", " + state + "), which printed:\n  " + last;
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** The options of a process to start. Not thread-safe. */
    public static final class Builder {
        private final List<String> command;
        private final Map<String, String> environment = new HashMap<>();
        private boolean inheritsEnvironment = true;
        private Path directory = Path.of("").toAbsolutePath();
        private Signal lastSignal = Signal.KILL;

        private Builder(List<String> command) {
            this.command = List.copyOf(command);
        }

        /** Sets a variable of its environment. */
        public Builder environment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /** Sets variables of its environment. */
        public Builder environment(Map<String, String> variables) {
            environment.putAll(variables);
            return this;
        }

        /** Passes only PATH and the variables that are set here; by default the process inherits those of this JVM too. */
        public Builder cleanEnvironment() {
            inheritsEnvironment = false;
            return this;
        }

        /** The working directory; by default that of this JVM. */
        public Builder directory(Path where) {
            directory = where.toAbsolutePath();
            return this;
        }

        /** The signal that the process gets if this JVM ends first, 5 s before SIGKILL. By default it gets SIGKILL at once. */
        public Builder lastSignal(Signal signal) {
            lastSignal = signal;
            return this;
        }

        /**
         * Starts it.
         *
         * @throws UncheckedIOException if there is no such program
         */
        public ChildProcess start() {
            ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
            if (!inheritsEnvironment) {
                builder.environment().keySet().retainAll(Set.of("PATH"));
            }
            builder.environment().putAll(environment);
            try {
                Process process = builder.start();
                process.getOutputStream().close();
                return new ChildProcess(command, process, lastSignal);
            } catch (IOException noSuchProgram) {
                throw new UncheckedIOException("cannot start " + command.get(0) + " in " + directory, noSuchProgram);
            }
        }
    }
}

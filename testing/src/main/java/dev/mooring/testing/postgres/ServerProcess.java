package dev.mooring.testing.postgres;

import dev.mooring.embedded.PidFile;
import dev.mooring.embedded.machine.Signal;
import dev.mooring.embedded.machine.Waiting;
import dev.mooring.testing.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The server process of one data directory, which can start and end any number of times. Not thread-safe. */
final class ServerProcess {
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final Duration CLEAN_UP_LIMIT = Duration.ofSeconds(5);

    private final List<String> command;
    private final Path data;
    private final Optional<String> language;
    private final PidFile pidFile;
    private final List<String> earlierLog = new ArrayList<>();
    private @Nullable ChildProcess process;

    /** {@code language} is that of the server's messages; English by default. */
    ServerProcess(List<String> command, Path data, Optional<String> language) {
        this.command = command;
        this.data = data;
        this.language = language;
        this.pidFile = new PidFile(data);
    }

    /** Starts the server and returns when it takes connections. */
    void start() {
        if (isRunning()) {
            throw new IllegalStateException("the server in " + data + " runs already");
        }
        keepLog();
        ChildProcess.Builder server = ChildProcess.command(command).lastSignal(Signal.QUIT);
        language.ifPresent(its -> server.environment("LANGUAGE", its));
        ChildProcess started = server.start();
        process = started;
        Waiting.until(() -> pidFile.saysReady(started.pid()) || !started.isAlive(), START_LIMIT);
        if (!pidFile.saysReady(started.pid()) || !started.isAlive()) {
            started.close();
            throw new IllegalStateException("PostgreSQL did not start within " + START_LIMIT + ": " + started);
        }
    }

    /** Ends the server with a shutdown: INT for a fast one, QUIT for an immediate one that leaves recovery to the next start. */
    void stop(Signal signal) {
        ChildProcess running = running();
        running.signal(signal);
        running.awaitExit(STOP_LIMIT);
    }

    void freeze() {
        running().freeze();
    }

    void thaw() {
        running().thaw();
    }

    /**
     * Ends the server with SIGKILL, and removes its shared memory and its pid file. While the server is down another process of the same
     * user may get its process id; the next start would take that process for a server.
     */
    void kill() {
        running().kill();
        removeSharedMemory();
        try {
            pidFile.delete();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot delete the pid file of the server in " + data, failed);
        }
    }

    boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** Everything that the server logged, over all starts. */
    List<String> log() {
        List<String> all = new ArrayList<>(earlierLog);
        if (process != null) {
            all.addAll(process.lines());
        }
        return all;
    }

    /** Ends the server in any state, and removes its shared memory. */
    void end() {
        if (process != null) {
            process.close();
        }
        removeSharedMemory();
    }

    private void removeSharedMemory() {
        pidFile.sharedMemory().ifPresent(id -> {
            try (ChildProcess removal = ChildProcess.command("ipcrm", "-m", id).start()) {
                removal.awaitExit(CLEAN_UP_LIMIT);
            }
        });
    }

    private ChildProcess running() {
        if (process == null || !process.isAlive()) {
            throw new IllegalStateException("the server in " + data + " does not run");
        }
        return process;
    }

    private void keepLog() {
        if (process != null) {
            earlierLog.addAll(process.lines());
        }
    }
}

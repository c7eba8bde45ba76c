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
import org.jspecify.annotations.Nullable;

/** The server process of one data directory, from start to end, any number of times. Not thread-safe. */
final class ServerProcess {
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final Duration CLEAN_UP_LIMIT = Duration.ofSeconds(5);

    private final List<String> command;
    private final Path data;
    private final PidFile pidFile;
    private final List<String> earlierLog = new ArrayList<>();
    private @Nullable ChildProcess process;

    ServerProcess(List<String> command, Path data) {
        this.command = command;
        this.data = data;
        this.pidFile = new PidFile(data);
    }

    /** Starts it and returns when it takes connections. */
    void start() {
        if (isRunning()) {
            throw new IllegalStateException("the server in " + data + " runs already");
        }
        keepLog();
        ChildProcess started =
                ChildProcess.command(command).lastSignal(Signal.QUIT).start();
        process = started;
        Waiting.until(() -> pidFile.saysReady(started.pid()) || !started.isAlive(), START_LIMIT);
        if (!pidFile.saysReady(started.pid()) || !started.isAlive()) {
            started.close();
            throw new IllegalStateException("PostgreSQL did not start within " + START_LIMIT + ": " + started);
        }
    }

    /** Ends it in order: INT for a fast shutdown, QUIT for an immediate one that leaves recovery to the next start. */
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
     * Ends it with SIGKILL, and removes its shared memory and its pid file: while it is down another process of the same user may get
     * its process id, and the next start would take that one for a server.
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

    /** Ends it in whatever state it is, and leaves nothing in the kernel. */
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

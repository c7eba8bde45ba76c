package dev.mooring.testing.postgres;

import dev.mooring.testing.process.ChildProcess;
import dev.mooring.testing.process.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The server process of one data directory, from start to end, any number of times. Not thread-safe. */
final class Postmaster {
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final Duration CLEAN_UP_LIMIT = Duration.ofSeconds(5);
    private static final long LOOK_NANOS = Duration.ofMillis(5).toNanos();

    private final List<String> command;
    private final DataDirectory data;
    private final List<String> earlierLog = new ArrayList<>();
    private @Nullable ChildProcess process;

    Postmaster(List<String> command, DataDirectory data) {
        this.command = command;
        this.data = data;
    }

    /** Starts it and returns when it takes connections. */
    void start() {
        if (isRunning()) {
            throw new IllegalStateException("the server in " + data.path() + " runs already");
        }
        keepLog();
        ChildProcess started =
                ChildProcess.command(command).lastSignal(Signal.QUIT).start();
        process = started;
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!data.saysReady(started.pid())) {
            if (!started.isAlive() || System.nanoTime() - deadline > 0) {
                started.close();
                throw new IllegalStateException("PostgreSQL did not start within " + START_LIMIT + ": " + started);
            }
            LockSupport.parkNanos(LOOK_NANOS);
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

    void reload() {
        running().signal(Signal.HUP);
    }

    /**
     * Ends it with SIGKILL, and what it leaves in the kernel and in its pid file: while it is down its process id may become that of
     * another process of the same user, and the next start would take that for a server.
     */
    void kill() {
        running().kill();
        removeSharedMemory();
        data.deletePidFile();
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
        data.sharedMemoryLeftBehind().ifPresent(id -> {
            try (ChildProcess removal = ChildProcess.command("ipcrm", "-m", id).start()) {
                removal.awaitExit(CLEAN_UP_LIMIT);
            }
        });
    }

    private ChildProcess running() {
        if (process == null || !process.isAlive()) {
            throw new IllegalStateException("the server in " + data.path() + " does not run");
        }
        return process;
    }

    private void keepLog() {
        if (process != null) {
            earlierLog.addAll(process.lines());
        }
    }
}

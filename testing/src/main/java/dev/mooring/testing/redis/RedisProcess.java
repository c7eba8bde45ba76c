package dev.mooring.testing.redis;

import dev.mooring.embedded.machine.Folders;
import dev.mooring.embedded.machine.Signal;
import dev.mooring.testing.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The process of one server, which can start and end any number of times. Not thread-safe. */
final class RedisProcess {
    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final RedisPrograms programs;
    private final Path home;
    private final int port;
    private final List<String> arguments;
    private final List<String> earlierLog = new ArrayList<>();
    private @Nullable ChildProcess process;

    /** {@code arguments} come after the name of the configuration file, such as {@code --sentinel}. */
    RedisProcess(RedisPrograms programs, Path home, int port, List<String> arguments) {
        this.programs = programs;
        this.home = home;
        this.port = port;
        this.arguments = arguments;
    }

    /** Starts it with these lines of configuration; returns when it accepts connections. */
    void start(List<String> configuration) {
        if (isRunning()) {
            throw new IllegalStateException("the Redis on port " + port + " runs already");
        }
        keepLog();
        Path file = home.resolve("redis.conf");
        try {
            Files.write(file, configuration);
        } catch (IOException failed) {
            throw new UncheckedIOException("no configuration for Redis in " + home, failed);
        }
        List<String> command = new ArrayList<>(List.of(programs.server().toString(), file.toString()));
        command.addAll(arguments);
        ChildProcess started = ChildProcess.command(command).start();
        process = started;
        try {
            started.awaitPort(port, START_LIMIT);
        } catch (AssertionError notStarted) {
            started.close();
            throw notStarted;
        }
    }

    void stop() {
        ChildProcess running = running();
        running.signal(Signal.TERM);
        running.awaitExit(STOP_LIMIT);
    }

    ChildProcess running() {
        if (process == null || !process.isAlive()) {
            throw new IllegalStateException("the Redis on port " + port + " does not run");
        }
        return process;
    }

    boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** Everything that it logged, over all starts. */
    List<String> log() {
        List<String> all = new ArrayList<>(earlierLog);
        if (process != null) {
            all.addAll(process.lines());
        }
        return all;
    }

    /** Ends it in any state, and deletes its files. */
    void end() {
        if (process != null) {
            process.close();
        }
        try {
            Folders.delete(home);
        } catch (IOException failed) {
            throw new UncheckedIOException("the files in " + home + " are not deleted", failed);
        }
    }

    private void keepLog() {
        if (process != null) {
            earlierLog.addAll(process.lines());
        }
    }
}

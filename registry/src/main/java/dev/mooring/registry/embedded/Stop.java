package dev.mooring.registry.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a server process, whoever started it. */
final class Stop {
    private static final Logger LOG = LoggerFactory.getLogger(Stop.class);
    /** A busy server writes what it has in memory first. One that is killed loses nothing either, but starts more slowly. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration AFTER_KILL = Duration.ofSeconds(2);
    private static final Duration SIGNAL_LIMIT = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofMillis(20);

    private Stop() {}

    /** Asks it to end its connections and stop (SIGINT, a fast shutdown), and kills it when it has not done so after 3 s. */
    static void now(ProcessHandle server) {
        if (!server.isAlive()) {
            return;
        }
        try {
            interrupt(server);
            if (!isGone(server, PATIENCE)) {
                LOG.warn("the embedded PostgreSQL did not stop within {} s and is killed", PATIENCE.toSeconds());
                kill(server);
            }
        } catch (InterruptedException hurried) {
            kill(server);
            Thread.currentThread().interrupt();
        } catch (IOException noShell) {
            LOG.warn("the embedded PostgreSQL cannot be asked to stop and is killed: {}", noShell.getMessage());
            kill(server);
        }
    }

    private static void interrupt(ProcessHandle server) throws IOException, InterruptedException {
        Command.process(List.of("/bin/sh", "-c", "kill -INT \"$0\"", String.valueOf(server.pid())))
                .start()
                .waitFor(SIGNAL_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** With its children: one that is stopped by a signal would not notice the end of its parent. */
    private static void kill(ProcessHandle server) {
        List<ProcessHandle> all =
                Stream.concat(server.descendants(), Stream.of(server)).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        try {
            isGone(server, AFTER_KILL);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks, since the end of a process that is not our child is told late. */
    private static boolean isGone(ProcessHandle server, Duration limit) throws InterruptedException {
        long begun = System.nanoTime();
        while (server.isAlive()) {
            if (System.nanoTime() - begun > limit.toNanos()) {
                return false;
            }
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        }
        return true;
    }
}

package dev.mooring.embedded;

import dev.mooring.embedded.machine.ProcessTree;
import dev.mooring.embedded.machine.Signal;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a server process, also one that an earlier JVM started. */
final class Stop {
    private static final Logger LOG = LoggerFactory.getLogger(Stop.class);
    /** A busy server first writes its memory to the disk. A killed server loses nothing either, but starts more slowly. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private Stop() {}

    /**
     * Asks the server to end its connections and stop (SIGINT, a fast shutdown). Kills it with its children if it still runs after 3 s, or
     * when the calling thread is interrupted. An interrupt ends no other wait here; the flag stays set.
     */
    static void now(ProcessHandle server) {
        if (!server.isAlive()) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            ProcessTree tree = new ProcessTree(server);
            Signal.INT.sendTo(List.of(server));
            if (!tree.awaitEnd(PATIENCE)) {
                interrupted |= Thread.interrupted();
                LOG.warn("the embedded PostgreSQL did not stop within {} s and is killed", PATIENCE.toSeconds());
                // With its children: a child that SIGSTOP holds does not notice the end of its parent.
                tree.kill();
            }
        } catch (IllegalStateException notEnded) {
            LOG.warn("the embedded PostgreSQL is left to itself: {}", notEnded.getMessage());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

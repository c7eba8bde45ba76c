package dev.mooring.cli.database;

import dev.mooring.failure.Failure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Opens as many connections as the pool may have, at the same time, and holds all of them until the last one stands. */
final class ConcurrentConnections {
    private static final int PERCENT_NEEDED = 80;
    private static final AtomicInteger THREADS = new AtomicInteger();

    private final int wanted;
    private final Callable<Connection> opener;

    /** {@code opener} must be safe for several threads, and bound each wait. */
    ConcurrentConnections(int wanted, Callable<Connection> opener) {
        this.wanted = wanted;
        this.opener = opener;
    }

    /**
     * The result.
     *
     * @param opened how many connections stood at the same time
     * @param wanted how many were tried
     * @param failure the last failure; empty when none failed
     */
    record Outcome(int opened, int wanted, String failure) {
        /** The detail for people, where enough of them stood. */
        <E extends Exception> String orThrow(Function<String, E> otherwise) throws E {
            String detail = opened + " of " + wanted + ", " + PERCENT_NEEDED + " % needed";
            if (opened * 100L < (long) wanted * PERCENT_NEEDED) {
                throw otherwise.apply(failure.isEmpty() ? detail : detail + ": " + failure);
            }
            return detail;
        }
    }

    Outcome run() throws InterruptedException, SQLException {
        ExecutorService threads = Executors.newFixedThreadPool(wanted, ConcurrentConnections::daemon);
        List<Connection> open = new ArrayList<>();
        @Nullable Throwable last = null;
        try {
            for (Future<Connection> each : threads.invokeAll(Collections.nCopies(wanted, opener))) {
                try {
                    open.add(each.get());
                } catch (ExecutionException failed) {
                    last = failed.getCause();
                }
            }
            return new Outcome(open.size(), wanted, last == null ? "" : Failure.oneLine(last));
        } finally {
            threads.shutdownNow();
            for (Connection connection : open) {
                connection.close();
            }
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "mooring-check-" + THREADS.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}

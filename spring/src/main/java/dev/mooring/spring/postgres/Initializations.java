package dev.mooring.spring.postgres;

import dev.mooring.failure.Failure;
import dev.mooring.postgres.DatabaseTask;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the initializers of the application do in one database: Flyway, Liquibase, scripts. While the database is there, each runs where
 * Spring runs it. One that finds the database away waits, and so do those after it: as a start task they run when the database answers,
 * before the breaker admits calls. All of them run again when the database was made anew. Thread-safe.
 */
final class Initializations implements DatabaseTask {
    /** The name of the start task. */
    static final String TASK = "initialization";

    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.spring.postgres");

    /** In the order in which Spring runs them. Guarded by this object. */
    private final List<Initialization> all = new ArrayList<>();

    /** What is to be done in the present database, in the same order. Guarded by this object. */
    private final Deque<Initialization> waiting = new ArrayDeque<>();

    /**
     * Those whose work has ended, so that what they leave is there to be watched: a probe that looked while one works would take what is not
     * there yet for what it leaves. Guarded by this object.
     */
    private final Set<Initialization> finished = new LinkedHashSet<>();

    /** Whether the start task has run to its end since it last began. Guarded by this object. */
    private boolean ended;

    /**
     * The work of one initializer.
     *
     * @param bean the name of the initializer
     * @param traces an SQL expression for what it leaves, see {@link DatabaseTask#traces()}
     */
    record Initialization(String bean, Work work, Optional<String> traces) {}

    /** What an initializer does. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    /** Runs an initializer at the place where Spring runs it, or postpones it. */
    void inPlace(Initialization one) throws Exception {
        if (!mayRun(one)) {
            LOG.info("{} waits for the initializers before it, which wait for the database.", one.bean());
            return;
        }
        try {
            one.work().run();
            finished(one);
        } catch (Exception failed) {
            if (!DatabaseAway.explains(failed)) {
                throw failed;
            }
            postpone(one);
            LOG.warn(
                    "The start goes on without {}, because the database is away; it runs when the database answers, and"
                            + " until then the service is not ready: {}",
                    one.bean(),
                    Failure.oneLine(failed));
        }
    }

    /** Runs an initializer when the database answers, because it was found away. */
    synchronized void later(Initialization one) {
        all.add(one);
        waiting.add(one);
    }

    private synchronized boolean mayRun(Initialization one) {
        all.add(one);
        boolean first = waiting.isEmpty();
        if (!first) {
            waiting.add(one);
        }
        return first;
    }

    private synchronized void finished(Initialization one) {
        finished.add(one);
    }

    private synchronized void postpone(Initialization one) {
        waiting.add(one);
    }

    @Override
    public void run(DataSource connections) throws Exception {
        begin();
        Initialization next = next();
        while (next != null) {
            long begun = System.nanoTime();
            next.work().run();
            finished(next);
            LOG.info(
                    "{} has run, when the database answered ({} ms).",
                    next.bean(),
                    (System.nanoTime() - begun) / 1_000_000);
            done();
            next = next();
        }
    }

    /** A run after one that ended: the database is another one, or more work came. Then each initializer runs, as after a restart. */
    private synchronized void begin() {
        if (ended) {
            ended = false;
            waiting.clear();
            waiting.addAll(all);
        }
    }

    private synchronized @Nullable Initialization next() {
        ended = waiting.isEmpty();
        return waiting.peek();
    }

    private synchronized void done() {
        waiting.remove();
    }

    @Override
    public synchronized boolean isComplete() {
        return !ended || waiting.isEmpty();
    }

    @Override
    public synchronized Optional<String> traces() {
        String left = finished.stream()
                .flatMap(one -> one.traces().stream())
                .map(one -> "(" + one + ")")
                .collect(Collectors.joining(", "));
        return left.isEmpty() ? Optional.empty() : Optional.of("pg_catalog.concat_ws(' ', " + left + ")");
    }
}

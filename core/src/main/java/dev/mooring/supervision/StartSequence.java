package dev.mooring.supervision;

import dev.mooring.failure.Failure;
import dev.mooring.probe.StartTask;
import dev.mooring.retry.Backoff;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Runs the start tasks of one dependency, in order, each once, on a probe thread while the dependency answers. Repeats a task that
 * fails after a growing pause until it succeeds, because a person may have to mend a migration first. {@link #again} begins all of
 * them anew.
 */
final class StartSequence {
    private static final Logger LOG = LoggerFactory.getLogger(StartSequence.class);
    /** Exceptions of Mooring speak in its own words and name no address, user or text of a server. */
    private static final String OURS = "dev.mooring.";

    private static final Backoff PAUSES =
            Backoff.exponential(Duration.ofMillis(500)).cap(Duration.ofSeconds(10));

    private final String dependency;
    private final List<StartTask> tasks;
    private final ProbeRunner runner;
    private final Runnable wake;
    private final Time time;

    /** Guards every field below: the supervisor reads, the thread that works writes. */
    private final Object lock = new Object();

    private int done;
    private int failures;
    private boolean running;
    private long notBefore;
    /** When the last task ended, if all are done. */
    private long doneAt;

    private Optional<Throwable> lastError = Optional.empty();

    StartSequence(String dependency, List<StartTask> tasks, ProbeRunner runner, Runnable wake, Time time) {
        this.dependency = dependency;
        this.tasks = tasks;
        this.runner = runner;
        this.wake = wake;
        this.time = time;
        // Not 0: the clock has no origin, and may be negative.
        this.notBefore = time.nanos();
        this.doneAt = notBefore;
    }

    boolean isDone() {
        synchronized (lock) {
            return done == tasks.size();
        }
    }

    /** Begins the first task that is not done, unless one runs or the pause is not over. */
    void advance(long now) {
        synchronized (lock) {
            if (running || done == tasks.size() || notBefore - now > 0) {
                return;
            }
            running = true;
            StartTask task = tasks.get(done);
            if (!runner.begin(() -> run(task))) {
                running = false;
            }
        }
    }

    /** Whether there are tasks and all of them are done. */
    boolean canRunAgain() {
        return !tasks.isEmpty() && isDone();
    }

    /**
     * Begins all tasks anew, because a probe that began at {@code askedNanos} found their work gone. False, without effect, when there
     * is no task, when one is not done, or when the probe asked before the last one ended.
     */
    boolean again(long askedNanos) {
        synchronized (lock) {
            if (tasks.isEmpty() || done < tasks.size() || askedNanos - doneAt <= 0) {
                return false;
            }
            done = 0;
            failures = 0;
            notBefore = askedNanos;
            return true;
        }
    }

    /** The first task that is not done, with its last error; empty when all are done. */
    Optional<PendingStart> pending() {
        synchronized (lock) {
            if (done == tasks.size()) {
                return Optional.empty();
            }
            String name = tasks.get(done).name();
            return Optional.of(
                    lastError.map(failed -> failed(name, failed)).orElseGet(() -> new PendingStart(name, name)));
        }
    }

    private static PendingStart failed(String name, Throwable error) {
        String failed = name + " failed";
        String words = failed + ": " + Failure.oneLine(error);
        boolean ours = error.getClass().getName().startsWith(OURS);
        return new PendingStart(words, ours ? words : failed + "; the log has the details");
    }

    private void run(StartTask task) {
        Optional<Throwable> error = attempt(task);
        synchronized (lock) {
            running = false;
            lastError = error;
            if (error.isEmpty()) {
                done++;
                failures = 0;
                doneAt = time.nanos();
            } else {
                failures++;
                // The pause counts from the end of the task: one that takes longer than the pause would otherwise
                // repeat at once.
                notBefore = time.nanos()
                        + PAUSES.delayAfter(failures, time.chance()).toNanos();
            }
        }
        wake.run();
        error.ifPresent(failed -> log(task, failed));
    }

    private static Optional<Throwable> attempt(StartTask task) {
        try {
            task.work().run();
            return Optional.empty();
        } catch (Exception | Error failed) {
            if (failed instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            return Optional.of(failed);
        }
    }

    private void log(StartTask task, Throwable failed) {
        String message = "{}: start task {} failed and will be tried again: {}";
        LoggingEventBuilder line = LOG.atWarn().addKeyValue("dependency", dependency);
        if (failed instanceof Error) {
            // A broken class path or a bug, not the database: only the trace tells where.
            line = line.setCause(failed);
        }
        line.log(message, dependency, task.name(), Failure.oneLine(failed));
    }
}

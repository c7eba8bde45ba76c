package dev.mooring.postgres.control;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A periodic task of the control connection, and when its next round is due. A round is one run of the task. Any thread may create the
 * object; only the control thread uses it.
 */
final class Round {
    private static final Logger LOG = LoggerFactory.getLogger(ControlConnection.class);

    private final String name;
    private final Duration period;
    private final Task task;

    /** The time of the next round, in nanoseconds. */
    private long dueAt = System.nanoTime();

    /** Whether the last round failed although the database was available. */
    private boolean failing;

    Round(String name, Duration period, Task task) {
        this.name = name;
        this.period = period;
        this.task = task;
    }

    /** The time until the next round; zero or less when it is due. */
    long nanosUntilDue() {
        return dueAt - System.nanoTime();
    }

    void dueNow() {
        dueAt = System.nanoTime();
    }

    /** The call of the next round, with the time limit {@code limit}. */
    Call<Boolean> next(Duration limit) {
        dueAt = System.nanoTime() + period.toNanos();
        return new Call<>(
                connection -> {
                    task.on(connection);
                    return true;
                },
                limit);
    }

    void worked() {
        if (failing) {
            LOG.info("{} works again", name);
        }
        failing = false;
    }

    /** The task failed although the database was available. Logs the first of several failures in a row. */
    void failed(Throwable why) {
        if (!failing) {
            LOG.error("{} failed; the next attempts follow every {} s", name, period.toMillis() / 1000.0, why);
        }
        failing = true;
    }
}

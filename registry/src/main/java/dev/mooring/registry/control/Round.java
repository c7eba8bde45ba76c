package dev.mooring.registry.control;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work that comes again and again. Its times are for the control thread only. */
final class Round {
    private static final Logger LOG = LoggerFactory.getLogger(ControlConnection.class);

    private final String name;
    private final Duration period;
    private final Task task;

    /** The nanosecond of the next time; for the control thread. */
    private long dueAt = System.nanoTime();

    /** Whether it failed the last time by a mistake of its own; for the control thread. */
    private boolean failing;

    Round(String name, Duration period, Task task) {
        this.name = name;
        this.period = period;
        this.task = task;
    }

    /** How long until it is due; zero or less when it is. */
    long nanosUntilDue() {
        return dueAt - System.nanoTime();
    }

    void dueNow() {
        dueAt = System.nanoTime();
    }

    /** One time, to be done within {@code limit}. */
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

    /** The database answered, and what it said is our mistake; told once. */
    void failed(RuntimeException why) {
        if (!failing) {
            LOG.error("{} failed and is tried again every {} s", name, period.toMillis() / 1000.0, why);
        }
        failing = true;
    }
}

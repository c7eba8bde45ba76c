package dev.mooring.messages;

import dev.mooring.time.Time;
import java.time.Duration;

/** Work of a loop that is due about once in a period, the first time at once. Not thread-safe. */
final class Periodic {
    private final Duration period;
    private final Time time;
    private long dueAt;

    Periodic(Duration period, Time time) {
        this.period = period;
        this.time = time;
        this.dueAt = time.nanos();
    }

    /** Whether the work is due; the caller does it then, and it is due again a period later. */
    boolean isDue() {
        if (time.nanos() - dueAt < 0) {
            return false;
        }
        dueAt = time.nanos() + period.toNanos();
        return true;
    }

    /** Makes the work due now, because some is left. */
    void again() {
        dueAt = time.nanos();
    }
}

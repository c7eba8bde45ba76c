package dev.mooring.supervision;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Lends one of the places of the probes to a diagnosis, so that both together cost a dependency no more connections than the probes alone.
 * Thread-safe.
 */
public final class DiagnosisPlace {
    private static final long LOOK_AGAIN = TimeUnit.MILLISECONDS.toNanos(20);

    /** Whether a diagnosis has or wants the place. Volatile: diagnoses write it, the supervisor reads it. */
    private volatile boolean lent;

    /** How many probes run. Volatile: the supervisor writes it, diagnoses read it. */
    private volatile int running;

    DiagnosisPlace() {}

    /** How many of that many places probes may have. */
    int left(int places) {
        return lent ? places - 1 : places;
    }

    void running(int probes) {
        running = probes;
    }

    /**
     * Takes the place; waits until a probe gives it up, which happens within a second or two where the probes hang.
     *
     * @return false when {@code limit} passed first; the place is taken in that case too
     */
    public boolean take(Duration limit) {
        lent = true;
        long end = System.nanoTime() + limit.toNanos();
        while (running >= ProbeSlots.SLOTS) {
            if (System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(this, LOOK_AGAIN);
        }
        return true;
    }

    /** Gives the place back. */
    public void giveBack() {
        lent = false;
    }
}

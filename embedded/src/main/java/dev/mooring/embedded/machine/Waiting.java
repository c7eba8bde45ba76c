package dev.mooring.embedded.machine;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Bounded waits for changes that the operating system does not report. */
public final class Waiting {
    private static final long STEP_NANOS = Duration.ofMillis(2).toNanos();

    private Waiting() {}

    /**
     * Checks the condition every 2 ms until it holds or {@code atMost} has passed. An interrupt of the calling thread ends the wait; the
     * flag stays set.
     *
     * @return whether the condition held
     */
    public static boolean until(BooleanSupplier condition, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
        return true;
    }
}

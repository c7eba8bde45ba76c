package dev.mooring.testing.process;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Bounded waits for things that nobody notifies of. */
final class Waiting {
    private static final long STEP_NANOS = Duration.ofMillis(2).toNanos();

    private Waiting() {}

    /** Waits at most this long and returns whether the condition came true; an interrupt ends the wait. */
    static boolean until(BooleanSupplier condition, Duration atMost) {
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

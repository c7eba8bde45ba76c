package dev.mooring.breaker;

/**
 * How many calls may run at the same time while a breaker recovers: one, a quarter, a half, all of the capacity. Not thread-safe; guarded
 * by its owner's lock.
 */
final class Admission {
    private static final double[] SHARES = {0, 0.25, 0.5, 1};
    private static final int LEAST_FAILURES = 2;

    private final int capacity;
    private int step = -1;
    private int running;
    private int succeeded;
    private int failed;

    Admission(int capacity) {
        this.capacity = capacity;
    }

    void begin() {
        if (step < 0) {
            step = 0;
        }
    }

    boolean hasBegun() {
        return step >= 0;
    }

    boolean hasRoom() {
        return running < limit();
    }

    void enter() {
        running++;
    }

    void leave() {
        running--;
    }

    /** Counts a success. After as many successes as the step lets in at the same time, the next step begins. */
    void succeeded() {
        succeeded++;
        if (succeeded >= limit()) {
            nextStep();
        }
    }

    /**
     * Counts a failure. True when there are at least two and they outnumber the step's successes, so that one bad call ends no
     * recovery.
     */
    boolean failedTooOften() {
        failed++;
        return failed >= LEAST_FAILURES && failed > succeeded;
    }

    void nextStep() {
        if (canGrow()) {
            step++;
            succeeded = 0;
            failed = 0;
        }
    }

    boolean canGrow() {
        return hasBegun() && step < SHARES.length - 1;
    }

    private int limit() {
        return hasBegun() ? Math.max(1, (int) Math.round(SHARES[step] * capacity)) : 0;
    }
}

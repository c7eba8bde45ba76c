package dev.mooring.postgres.connect;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Holds the pool's log-ins while the breaker admits no calls. Without the gate the pool would back off to five seconds, and come back that
 * much later than the database. Thread-safe.
 */
final class Gate {
    /** How often a waiting thread asks {@code passAnyway}. */
    private static final Duration LOOK = Duration.ofMillis(250);

    private final BooleanSupplier passAnyway;

    /** Guards the fields below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private boolean open;
    private boolean ended;
    private int moves;

    /** A gate that is shut. A waiting thread calls {@code passAnyway} every 250 ms, and passes when it returns true. */
    Gate(BooleanSupplier passAnyway) {
        this.passAnyway = passAnyway;
    }

    void open() {
        set(true, false);
    }

    void shut() {
        set(false, false);
    }

    /** Ends the gate: every thread that waits at it, and every later one, gets an exception. It cannot open again. */
    void end() {
        set(false, true);
    }

    private void set(boolean nowOpen, boolean nowEnded) {
        lock.lock();
        try {
            open = nowOpen;
            ended = ended || nowEnded;
            moves++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the gate is open or {@code passAnyway} is true.
     *
     * @return the number of moves of the gate so far; {@link #rest} ends at the next one
     * @throws SQLException the gate ended, or the thread was interrupted
     */
    int pass() throws SQLException {
        lock.lock();
        try {
            long left = LOOK.toNanos();
            while (!ended && !open && !passAnyway.getAsBoolean()) {
                left = changed.awaitNanos(left <= 0 ? LOOK.toNanos() : left);
            }
            if (ended) {
                throw new SQLNonTransientConnectionException("the pool is closed", "08003");
            }
            return moves;
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for {@code duration}, or until the gate moves after {@link #pass} returned {@code seen}; returns at once if it has moved
     * already.
     */
    void rest(Duration duration, int seen) throws SQLException {
        lock.lock();
        try {
            long left = duration.toNanos();
            while (moves == seen && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            lock.unlock();
        }
    }

    private static SQLException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new SQLNonTransientConnectionException("interrupted while the pool waits for the database", e);
    }
}

package dev.mooring.postgres.connect;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Where the pool's log-ins wait while the dependency does not admit calls: left alone the pool would back off to five seconds, and
 * come back that much later than the database. Thread-safe.
 */
final class Gate {
    /** How often those who wait look whether they may pass for another reason. */
    private static final Duration LOOK = Duration.ofMillis(250);

    private final BooleanSupplier passAnyway;

    /** Guards the fields below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private boolean open;
    private boolean ended;
    private int moves;

    /** A gate that is shut; {@code passAnyway} is asked several times a second while somebody waits. */
    Gate(BooleanSupplier passAnyway) {
        this.passAnyway = passAnyway;
    }

    void open() {
        set(true, false);
    }

    void shut() {
        set(false, false);
    }

    /** Lets everybody go, with an exception, for good. */
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
     * Waits until it is open.
     *
     * @return how often the gate has moved by now; {@link #rest} ends when it moves again
     * @throws SQLException the gate was ended or the thread interrupted
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

    /** Waits that long, or until the gate has moved since {@link #pass} returned {@code seen}: at once if it has by now. */
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

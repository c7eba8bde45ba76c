package dev.mooring.postgres.control;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One piece of work with a time limit. The caller waits for it on its own thread; the control thread does it. A compare-and-set moves
 * the phase, so a caller that gives up knows whether a commit may follow: the control thread never commits work that its caller gave up
 * before the commit. Thread-safe.
 */
final class Call<T> {
    private enum Phase {
        QUEUED,
        RUNNING,
        COMMITTING,
        ENDED,
        GIVEN_UP
    }

    private final Work<T> work;
    private final long endsAt;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.QUEUED);

    /** The sockets that carry the work. The control thread writes it before it moves the phase. */
    private volatile @Nullable Line line;

    Call(Work<T> work, Duration limit) {
        this.work = work;
        this.endsAt = System.nanoTime() + limit.toNanos();
    }

    Work<T> work() {
        return work;
    }

    /** The rest of the limit, at least one millisecond: most receivers read zero as "no limit". */
    Duration left() {
        return Duration.ofNanos(Math.max(1_000_000, endsAt - System.nanoTime()));
    }

    /** The control thread begins the work on this line. False when the caller has given up. */
    boolean begin(Line carrying) {
        line = carrying;
        return phase.compareAndSet(Phase.QUEUED, Phase.RUNNING);
    }

    /** The control thread continues on another line; cuts that line if the caller has given up. */
    void moveTo(Line carrying) {
        line = carrying;
        if (phase.get() == Phase.GIVEN_UP) {
            carrying.cut();
        }
    }

    /** The control thread asks whether it may commit. */
    boolean mayCommit() {
        return phase.compareAndSet(Phase.RUNNING, Phase.COMMITTING);
    }

    /** The control thread asks whether to do the work again, after the server rolled it back. False when the caller has given up. */
    boolean mayRepeat() {
        return phase.updateAndGet(now -> now == Phase.COMMITTING ? Phase.RUNNING : now) == Phase.RUNNING;
    }

    boolean isCommitting() {
        return phase.get() == Phase.COMMITTING;
    }

    /** Whether the work was committed. */
    boolean isDone() {
        return answer.isDone() && !answer.isCompletedExceptionally();
    }

    boolean isGivenUp() {
        return phase.get() == Phase.GIVEN_UP;
    }

    void succeed(T result) {
        end();
        answer.complete(result);
    }

    void fail(Throwable why) {
        end();
        answer.completeExceptionally(why);
    }

    /** Moves the phase before the answer is complete. A caller that gives up between the two waits for the answer. */
    private void end() {
        phase.updateAndGet(now -> now == Phase.GIVEN_UP ? now : Phase.ENDED);
    }

    /**
     * Waits for the end, or gives up at the limit.
     *
     * @throws GivenUpException the limit passed, or this thread was interrupted
     * @throws SQLException what the work threw; a {@link RuntimeException} or an {@link Error} of the work reaches the caller, too
     */
    T await() throws GivenUpException, SQLException {
        try {
            return answer.get(Math.max(0, endsAt - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            throw thrown(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return giveUp();
        } catch (TimeoutException late) {
            return giveUp();
        }
    }

    private static RuntimeException thrown(@Nullable Throwable why) throws SQLException {
        if (why instanceof SQLException databaseSaysNo) {
            throw databaseSaysNo;
        }
        if (why instanceof Error error) {
            throw error;
        }
        return why instanceof RuntimeException mistake ? mistake : new IllegalStateException(why);
    }

    /** Gives the answer after all if the work ended at the last moment. */
    private T giveUp() throws GivenUpException, SQLException {
        Phase was = phase.getAndUpdate(now -> now == Phase.ENDED ? now : Phase.GIVEN_UP);
        if (was == Phase.ENDED) {
            // The control thread completes the answer right after it has moved the phase.
            return joined();
        }
        Line carrying = line;
        if (carrying != null && was != Phase.QUEUED) {
            carrying.cut();
        }
        throw new GivenUpException(was == Phase.COMMITTING);
    }

    private T joined() throws SQLException {
        try {
            return answer.join();
        } catch (CompletionException failed) {
            throw thrown(failed.getCause());
        }
    }

    /** The caller stopped waiting. */
    static final class GivenUpException extends Exception {
        private static final long serialVersionUID = 1;

        private final boolean unclear;

        GivenUpException(boolean unclear) {
            super("the limit has passed", null, false, false);
            this.unclear = unclear;
        }

        /** Whether the control thread had begun to commit. */
        boolean isUnclear() {
            return unclear;
        }
    }
}

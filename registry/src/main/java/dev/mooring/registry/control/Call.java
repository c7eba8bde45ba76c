package dev.mooring.registry.control;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Work that somebody waits for, within a limit. Who gives up waiting knows what became of it: the phase is moved by compare-and-set,
 * so work that was given up before its commit is never committed. Thread-safe.
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

    /** What carries it while it runs; written by the control thread before the phase says so. */
    private volatile @Nullable Line line;

    Call(Work<T> work, Duration limit) {
        this.work = work;
        this.endsAt = System.nanoTime() + limit.toNanos();
    }

    Work<T> work() {
        return work;
    }

    /** What is left of its limit, at least a millisecond: zero would mean "no limit" to most who are told. */
    Duration left() {
        return Duration.ofNanos(Math.max(1_000_000, endsAt - System.nanoTime()));
    }

    /** On the control thread: it begins, on this line. False when nobody waits for it any more. */
    boolean begin(Line carrying) {
        line = carrying;
        return phase.compareAndSet(Phase.QUEUED, Phase.RUNNING);
    }

    /** On the control thread: it goes on on another line; cuts that line if nobody waits any more. */
    void moveTo(Line carrying) {
        line = carrying;
        if (phase.get() == Phase.GIVEN_UP) {
            carrying.cut();
        }
    }

    /** On the control thread: whether it may be committed. */
    boolean mayCommit() {
        return phase.compareAndSet(Phase.RUNNING, Phase.COMMITTING);
    }

    boolean isCommitting() {
        return phase.get() == Phase.COMMITTING;
    }

    boolean isGivenUp() {
        return phase.get() == Phase.GIVEN_UP;
    }

    void succeed(T result) {
        end();
        answer.complete(result);
    }

    void fail(RuntimeException why) {
        end();
        answer.completeExceptionally(why);
    }

    /** Before the answer, so that who gives up now knows that it is coming. */
    private void end() {
        phase.updateAndGet(now -> now == Phase.GIVEN_UP ? now : Phase.ENDED);
    }

    /**
     * Waits for the end, or gives up at the limit.
     *
     * @throws GivenUpException the limit passed, or this thread was interrupted
     */
    T await() throws GivenUpException {
        try {
            return answer.get(Math.max(0, endsAt - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            throw (RuntimeException) failed.getCause();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return giveUp();
        } catch (TimeoutException late) {
            return giveUp();
        }
    }

    /** The answer, if it came at this very moment. */
    private T giveUp() throws GivenUpException {
        Phase was = phase.getAndUpdate(now -> now == Phase.ENDED ? now : Phase.GIVEN_UP);
        if (was == Phase.ENDED) {
            return answer.join();
        }
        Line carrying = line;
        if (carrying != null && was != Phase.QUEUED) {
            carrying.cut();
        }
        throw new GivenUpException(was == Phase.COMMITTING);
    }

    /** Nobody waits any more. */
    static final class GivenUpException extends Exception {
        private static final long serialVersionUID = 1;

        private final boolean unclear;

        GivenUpException(boolean unclear) {
            super("the limit has passed", null, false, false);
            this.unclear = unclear;
        }

        /** Whether it was being committed. */
        boolean isUnclear() {
            return unclear;
        }
    }
}

package dev.mooring.http;

import dev.mooring.breaker.MooringException;
import dev.mooring.failure.FailureKind;
import dev.mooring.retry.Attempt;
import dev.mooring.retry.Backoff;
import dev.mooring.retry.Retry;
import dev.mooring.retry.RetryBudget;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Opens the stream of a call that may be repeated, in as many attempts as it needs. A reply by which the backend cannot answer at present is
 * the result only of the last attempt. One thread uses it.
 */
final class Opening implements Attempt<StreamedReply> {
    private static final Set<Integer> NOT_NOW = Set.of(429, 502, 503, 504);

    private final Once once;
    private final HttpCall call;
    private final Ending ending;
    private @Nullable StreamedReply unable;

    /** Makes one attempt. */
    @FunctionalInterface
    interface Once {
        StreamedReply open(HttpCall call) throws HttpCallException;
    }

    /** The backend answered that it cannot answer now. */
    private static final class NotNow extends Exception {
        private static final long serialVersionUID = 1;

        NotNow(int status) {
            super("answered with status " + status, null, false, false);
        }
    }

    Opening(Once once, HttpCall call, Ending ending) {
        this.once = once;
        this.call = call;
        this.ending = ending;
    }

    StreamedReply open(Backoff attempts, RetryBudget budget) throws HttpCallException {
        budget.callMade();
        boolean opened = false;
        try {
            StreamedReply reply = attempts(attempts, budget);
            opened = true;
            return reply;
        } finally {
            if (!opened) {
                closeBefore();
            }
        }
    }

    private StreamedReply attempts(Backoff attempts, RetryBudget budget) throws HttpCallException {
        try {
            return Retry.with(attempts, Opening::kindOf).paidBy(budget).run(this);
        } catch (NotNow last) {
            if (unable == null) {
                throw new IllegalStateException(last);
            }
            return unable;
        } catch (HttpCallException | RuntimeException ended) {
            throw ended;
        } catch (InterruptedException betweenAttempts) {
            throw ending.interrupted(betweenAttempts);
        } catch (Exception impossible) {
            throw new IllegalStateException(call + " ended in an unknown way", impossible);
        }
    }

    @Override
    public StreamedReply run(int number) throws HttpCallException, NotNow {
        closeBefore();
        StreamedReply reply = once.open(call);
        if (NOT_NOW.contains(reply.status())) {
            unable = reply;
            throw new NotNow(reply.status());
        }
        return reply;
    }

    private void closeBefore() {
        StreamedReply before = unable;
        unable = null;
        if (before != null) {
            before.close();
        }
    }

    private static Optional<FailureKind> kindOf(Throwable error) {
        if (error instanceof NotNow) {
            return Optional.of(FailureKind.HTTP_ERROR);
        }
        return error instanceof MooringException ? Optional.empty() : HttpFailures.INSTANCE.classify(error);
    }
}

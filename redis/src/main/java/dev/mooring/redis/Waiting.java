package dev.mooring.redis;

import dev.mooring.failure.FailureClassifier;
import io.lettuce.core.RedisCommandInterruptedException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for answers, each with a limit. */
final class Waiting {
    private Waiting() {}

    /**
     * The answer.
     *
     * @throws RedisException Redis refused, could not be reached, or did not answer in time. The stage is then cancelled
     */
    static <T> T within(Duration limit, CompletableFuture<T> answer) {
        try {
            return answer.get(Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            answer.cancel(true);
            throw new RedisCommandTimeoutException("no answer within " + limit.toMillis() + " ms");
        } catch (InterruptedException interrupted) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new RedisCommandInterruptedException(interrupted);
        } catch (ExecutionException failed) {
            throw failure(failed);
        }
    }

    private static RuntimeException failure(Throwable wrapped) {
        Throwable cause = wrapped;
        while ((cause instanceof ExecutionException || cause instanceof CompletionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof RedisConnectionException unconnected) {
            return new RedisConnectionException(forPeople(unconnected), unconnected.getCause());
        }
        return cause instanceof RuntimeException known ? known : new RedisException(cause);
    }

    /** Where the connection should lead, without marks of Java, and why there is none. */
    private static String forPeople(RedisConnectionException unconnected) {
        Throwable innermost = FailureClassifier.causes(unconnected).stream()
                .reduce((outer, inner) -> inner)
                .orElse(unconnected);
        String where = String.valueOf(unconnected.getMessage()).replace("/<unresolved>", "");
        // The client adds the address, which stands in front already.
        String why = String.valueOf(innermost.getMessage()).replaceFirst(": \\S*/\\S+:\\d+$", "");
        return innermost.equals(unconnected) || where.contains(why) ? where : where + ": " + why;
    }
}

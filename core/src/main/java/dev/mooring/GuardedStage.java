package dev.mooring;

import dev.mooring.breaker.Permit;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A call that answers later: takes place and permit when it begins, gives both back when it is complete. */
final class GuardedStage {
    private final Dependency dependency;

    GuardedStage(Dependency dependency) {
        this.dependency = dependency;
    }

    <T> CompletableFuture<T> begin(Callable<? extends CompletionStage<T>> work) {
        try {
            dependency.breaker().refuseIfOpen();
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
        if (!dependency.bulkhead().tryEnter()) {
            return CompletableFuture.failedFuture(dependency.bulkhead().full());
        }
        Permit permit = dependency.breaker().tryAcquire();
        if (permit == null) {
            dependency.bulkhead().leave();
            return CompletableFuture.failedFuture(dependency.breaker().refusal());
        }
        long begun = dependency.timer().begin();
        return watch(permit, begun, start(work));
    }

    private static <T> CompletionStage<T> start(Callable<? extends CompletionStage<T>> work) {
        try {
            return work.call();
        } catch (Exception e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private <T> CompletableFuture<T> watch(Permit permit, long begun, CompletionStage<T> stage) {
        CompletableFuture<T> inner = stage.toCompletableFuture();
        CompletableFuture<T> outer = new CompletableFuture<>();
        // Two stages, because a stage that was cancelled does not run its own action, and the permit would never come
        // back.
        var unused = inner.whenComplete((result, error) -> {
            end(permit, error);
            dependency.timer().ended(begun);
            if (error == null) {
                outer.complete(result);
            } else {
                outer.completeExceptionally(error);
            }
        });
        var unusedToo = outer.whenComplete((result, error) -> {
            if (outer.isCancelled()) {
                inner.cancel(true);
            }
        });
        return outer;
    }

    private void end(Permit permit, @Nullable Throwable error) {
        dependency.bulkhead().leave();
        if (error == null) {
            permit.success();
        } else {
            Throwable cause =
                    error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
            Outcome.failed(permit, cause, dependency);
        }
    }
}

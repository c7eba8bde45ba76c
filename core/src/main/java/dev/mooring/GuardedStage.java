package dev.mooring;

import dev.mooring.breaker.MooringException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A call whose answer comes later: takes a ticket when it begins, and closes it when the stage of the work is complete. */
final class GuardedStage {
    private final Dependency dependency;

    GuardedStage(Dependency dependency) {
        this.dependency = dependency;
    }

    <T> CompletableFuture<T> begin(Callable<? extends CompletionStage<T>> work) {
        Ticket ticket;
        try {
            ticket = dependency.guard().takeNow();
        } catch (MooringException refused) {
            return CompletableFuture.failedFuture(refused);
        }
        CompletableFuture<T> outer = new CompletableFuture<>();
        try {
            @Nullable CompletionStage<T> stage = work.call();
            if (stage == null) {
                // The caller's mistake: it says nothing about the dependency.
                end(ticket, null);
                outer.completeExceptionally(
                        new NullPointerException("the work for " + dependency + " returned null instead of a stage"));
            } else {
                watch(ticket, stage, outer);
            }
        } catch (Throwable failed) {
            end(ticket, failed);
            outer.completeExceptionally(failed);
        }
        return outer;
    }

    private <T> void watch(Ticket ticket, CompletionStage<T> stage, CompletableFuture<T> outer) {
        // Two stages, because a stage that was cancelled does not run its own action, and would never close the
        // ticket.
        var unused = stage.whenComplete((result, error) -> {
            if (error == null) {
                ticket.succeeded();
                end(ticket, null);
                outer.complete(result);
            } else {
                end(ticket, error);
                outer.completeExceptionally(error);
            }
        });
        var unusedToo = outer.whenComplete((result, error) -> {
            if (outer.isCancelled()) {
                cancel(stage);
            }
        });
    }

    /** A stage need not be a future that can be cancelled. */
    private static void cancel(CompletionStage<?> stage) {
        try {
            stage.toCompletableFuture().cancel(true);
        } catch (RuntimeException notCancellable) {
            // The call goes on, and its outcome still counts.
            return;
        }
    }

    private static void end(Ticket ticket, @Nullable Throwable error) {
        if (error != null) {
            Throwable cause = error instanceof CompletionException ? error.getCause() : error;
            ticket.failed(cause == null ? error : cause);
        }
        ticket.close();
    }
}

package dev.mooring;

import dev.mooring.breaker.MooringException;
import dev.mooring.breaker.Permit;
import dev.mooring.failure.Failure;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * A call behind bulkhead and breaker, not made yet. The order is always the same, from the outside in: fallback, bulkhead, breaker,
 * call. A call is refused before it takes a place, so that nobody queues for a dependency that is down.
 *
 * @param <T> what the call gives
 */
public final class GuardedCall<T> {
    private final Dependency dependency;
    private final Callable<T> work;

    GuardedCall(Dependency dependency, Callable<T> work) {
        this.dependency = dependency;
        this.work = work;
    }

    /**
     * Makes the call.
     *
     * @throws MooringException it was refused: the dependency is unavailable or saturated
     * @throws Exception what the call itself threw
     */
    public T get() throws Exception {
        dependency.breaker().refuseIfOpen();
        dependency.bulkhead().enter();
        try {
            return make(dependency.acquire());
        } finally {
            dependency.bulkhead().leave();
        }
    }

    /**
     * Makes the call, or gives {@code fallback} when it is refused or fails by the dependency's fault.
     *
     * @throws CompletionException wraps a checked exception that is not the dependency's fault
     */
    public T orElse(Supplier<? extends T> fallback) {
        try {
            return get();
        } catch (MooringException refused) {
            return fallback.get();
        } catch (Exception error) {
            if (dependency.classifier().classify(error).isEmpty()) {
                throw unchecked(error);
            }
            return fallback.get();
        }
    }

    /** Not the dependency's fault, so no fallback hides it. */
    private static RuntimeException unchecked(Exception error) {
        return error instanceof RuntimeException unchecked ? unchecked : new CompletionException(error);
    }

    private T make(Permit permit) throws Exception {
        try {
            T result = work.call();
            permit.success();
            return result;
        } catch (Exception error) {
            report(permit, error);
            throw error;
        } catch (Error error) {
            permit.ignore();
            throw error;
        }
    }

    private void report(Permit permit, Exception error) {
        Optional<Failure> failure = error instanceof MooringException
                ? Optional.empty()
                : Failure.of(error, dependency.classifier(), dependency.time().now());
        failure.ifPresentOrElse(permit::failure, permit::ignore);
    }
}

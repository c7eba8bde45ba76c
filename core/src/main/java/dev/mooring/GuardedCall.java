package dev.mooring;

import dev.mooring.breaker.MooringException;
import dev.mooring.retry.Backoff;
import dev.mooring.retry.Retry;
import dev.mooring.time.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Describes a guarded call; {@link #get} or {@link #orElse} makes it. The parts always apply in the same order, from the outside
 * in: fallback, deadline, retry, bulkhead, breaker, call. So the deadline bounds all attempts together with their waits, each
 * attempt takes its own place and permit, and no call queues for a dependency that is down. Immutable.
 *
 * <pre>{@code
 * ranking.call(() -> client.rank(user)).within(Duration.ofMillis(800)).orElse(List::of);
 * }</pre>
 *
 * @param <T> the type of the result
 */
public final class GuardedCall<T> {
    private final Dependency dependency;
    private final Callable<T> work;
    private final Optional<Duration> limit;
    private final Optional<Backoff> backoff;

    private GuardedCall(Dependency dependency, Callable<T> work, Optional<Duration> limit, Optional<Backoff> backoff) {
        this.dependency = dependency;
        this.work = work;
        this.limit = limit;
        this.backoff = backoff;
    }

    static <T> GuardedCall<T> of(Dependency dependency, Callable<T> work) {
        return new GuardedCall<>(dependency, work, Optional.empty(), Optional.empty());
    }

    /**
     * Bounds all attempts and waits together. If the caller opened a {@link Deadline} that ends sooner, the caller's deadline counts.
     * The limit interrupts no thread: the work must obey {@link Deadline#current()}.
     */
    public GuardedCall<T> within(Duration all) {
        return new GuardedCall<>(dependency, work, Optional.of(all), backoff);
    }

    /**
     * Repeats an attempt that failed with a transient failure, while the dependency's {@linkplain Dependency#retries() retry
     * budget} allows it. Does not repeat a call that Mooring refused. Use it only for calls that are safe to make twice.
     */
    public GuardedCall<T> retrying(Backoff how) {
        return new GuardedCall<>(dependency, work, limit, Optional.of(how));
    }

    /**
     * Makes the call.
     *
     * @throws MooringException Mooring refused the call, because the dependency is unavailable or saturated
     * @throws Exception what the work threw
     */
    public T get() throws Exception {
        if (limit.isEmpty()) {
            return attempts();
        }
        try (Deadline.Scope scope = Deadline.in(limit.get(), dependency.time()).open()) {
            return attempts();
        }
    }

    /**
     * Makes the call. Returns the result of {@code fallback} when Mooring refuses the call, or when the call fails by the dependency's
     * fault. An unchecked exception that is not the dependency's fault reaches the caller unchanged.
     *
     * @throws CompletionException wraps a checked exception that is not the dependency's fault; after an {@link
     *     InterruptedException} the thread's interrupt flag is set
     */
    public T orElse(Supplier<? extends T> fallback) {
        try {
            return get();
        } catch (MooringException refused) {
            return fallback.get();
        } catch (Exception error) {
            if (Outcome.kindOf(error, dependency.classifier()).isEmpty()) {
                throw unchecked(error);
            }
            return fallback.get();
        }
    }

    /** The error is not the dependency's fault, so no fallback hides it. */
    private static RuntimeException unchecked(Exception error) {
        if (error instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        return error instanceof RuntimeException unchecked ? unchecked : new CompletionException(error);
    }

    private T attempts() throws Exception {
        if (backoff.isEmpty()) {
            return dependency.guard().call(work);
        }
        dependency.retries().callMade();
        return Retry.with(backoff.get(), error -> Outcome.kindOf(error, dependency.classifier()))
                .on(dependency.time())
                .paidBy(dependency.retries())
                .run(number -> dependency.guard().call(work));
    }
}

package dev.mooring;

import dev.mooring.breaker.Breaker;
import dev.mooring.breaker.Bulkhead;
import dev.mooring.breaker.DependencyUnavailableException;
import dev.mooring.breaker.MooringException;
import dev.mooring.breaker.OperatorControl;
import dev.mooring.breaker.Permit;
import dev.mooring.event.MooringEvent;
import dev.mooring.failure.FailureClassifier;
import dev.mooring.failure.FailureKind;
import dev.mooring.health.Status;
import dev.mooring.probe.Finding;
import dev.mooring.retry.RetryBudget;
import dev.mooring.supervision.Watch;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A named backend that this process talks to. Say what it is with {@link #named}, hand it to {@link Mooring#supervise}, and guard
 * calls with {@link #call}. Thread-safe.
 *
 * <pre>{@code
 * Dependency ranking = Dependency.named("ranking").optional().breaker(b -> b.failures(5)).build();
 * List<Item> items = ranking.call(() -> client.rank(user)).orElse(List::of);
 * }</pre>
 */
public final class Dependency {
    private final Watch watch;
    private final Bulkhead bulkhead;
    private final RetryBudget retries;
    private final CallTimer timer;
    private final Guard guard;
    private final Time time;

    Dependency(Watch watch, Bulkhead bulkhead, RetryBudget retries, Time time) {
        this.watch = watch;
        this.bulkhead = bulkhead;
        this.retries = retries;
        this.timer = new CallTimer(time);
        this.time = time;
        this.guard = new Guard(this, bulkhead, timer);
    }

    /**
     * Begins to describe a dependency.
     *
     * @param name 1 to 40 characters of {@code a-z 0-9 -}, beginning with a letter; it names settings, metrics and log fields
     */
    public static DependencyBuilder named(String name) {
        return new DependencyBuilder(name);
    }

    /** Its name. */
    public String name() {
        return watch.spec().name();
    }

    /** Whether the service cannot be ready without it. */
    public boolean critical() {
        return watch.spec().critical();
    }

    /** Whether it is switched on. */
    public boolean enabled() {
        return watch.spec().enabled();
    }

    /** A call to it, guarded; it is made when its result is asked for. */
    public <T> GuardedCall<T> call(Callable<T> work) {
        return GuardedCall.of(this, work);
    }

    /**
     * A call that answers later, guarded: begun at once unless it is refused, on the present thread, without waiting. Cancelling
     * the result says nothing against the dependency.
     *
     * @return completes as the stage of {@code work} does, or exceptionally with a {@link MooringException} when it is refused
     */
    public <T> CompletableFuture<T> callAsync(Callable<? extends CompletionStage<T>> work) {
        return new GuardedStage(this).begin(work);
    }

    /**
     * Leave to make one call, for callers that cannot hand their work over. Waits for a place and, while the dependency recovers, for
     * its turn, as {@link #call} does.
     *
     * @throws MooringException the call is refused: the dependency is unavailable or saturated
     */
    public Ticket begin() {
        return guard.take();
    }

    /**
     * The breaker's part of a {@linkplain #begin() ticket}: leave to make one call, without a place in the bulkhead. Say on the permit
     * how the call ended.
     *
     * @throws DependencyUnavailableException the call is refused
     */
    public Permit acquire() {
        return watch.breaker().acquire();
    }

    /** Its circuit breaker, to look at. */
    public Breaker breaker() {
        return watch.breaker();
    }

    /** Measures its calls for whoever wants to know how long they take. */
    public CallTimer timer() {
        return timer;
    }

    /** How long each status has been told since supervision began, the present one included; empty before. */
    public Map<Status, Duration> timeInStatuses() {
        return watch.timeInStatuses();
    }

    /** What an operator may do with its circuit breaker. */
    public OperatorControl operator() {
        return watch.operator();
    }

    /** Tells the kinds of its failures apart. */
    public FailureClassifier classifier() {
        return watch.spec().classifier();
    }

    /** Notes what a call found wrong while the dependency works on: it is told as {@code degraded} for {@code holds}. */
    public void note(Finding finding, Duration holds) {
        watch.note(finding, holds);
    }

    /** A call proved that such a finding is over. Cheap when there is none. */
    public void clear(FailureKind kind) {
        watch.clear(kind);
    }

    /** Asks for a probe now instead of at the next interval. */
    public void probeSoon() {
        watch.probeSoon();
    }

    /** Tells the listeners of the supervisor; lost while nobody supervises. */
    public void publish(MooringEvent event) {
        watch.publish(event);
    }

    Guard guard() {
        return guard;
    }

    Watch watch() {
        return watch;
    }

    /** How many of its calls run and wait, to look at. */
    public Bulkhead bulkhead() {
        return bulkhead;
    }

    /** What its retries may cost, over all callers. */
    public RetryBudget retries() {
        return retries;
    }

    Time time() {
        return time;
    }

    @Override
    public String toString() {
        return name();
    }
}

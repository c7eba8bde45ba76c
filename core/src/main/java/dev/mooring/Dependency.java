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
 * A named backend that this process talks to. Describe it with {@link #named}, hand it to {@link Mooring#supervise}, and guard
 * calls with {@link #call}. One dependency belongs to one {@link Mooring} at a time. Thread-safe.
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

    /** Whether the service is not ready while the dependency is down. */
    public boolean critical() {
        return watch.spec().critical();
    }

    /** Whether it is switched on. */
    public boolean enabled() {
        return watch.spec().enabled();
    }

    /** Describes a guarded call to it; {@link GuardedCall#get} or {@link GuardedCall#orElse} makes the call. */
    public <T> GuardedCall<T> call(Callable<T> work) {
        return GuardedCall.of(this, work);
    }

    /**
     * Makes a guarded call whose answer comes later. Starts it at once on the present thread, without waiting, unless the
     * dependency refuses it. Cancelling the result cancels the work's future; by default that is no failure of the dependency.
     *
     * @return completes as the stage of {@code work} does, or with a {@link MooringException} when Mooring refuses the call
     */
    public <T> CompletableFuture<T> callAsync(Callable<? extends CompletionStage<T>> work) {
        return new GuardedStage(this).begin(work);
    }

    /**
     * Takes a ticket for one call, for callers that cannot hand their work over. Waits for a place and, while the dependency
     * recovers, for its turn, as {@link #call} does.
     *
     * @throws MooringException Mooring refuses the call, because the dependency is unavailable or saturated
     */
    public Ticket begin() {
        return guard.take();
    }

    /**
     * Takes a permit of the breaker for one call, without a place in the bulkhead. Report on the permit how the call ended; a
     * {@linkplain #begin() ticket} does both.
     *
     * @throws DependencyUnavailableException the breaker refuses the call
     */
    public Permit acquire() {
        return watch.breaker().acquire();
    }

    /** Its circuit breaker, to read. */
    public Breaker breaker() {
        return watch.breaker();
    }

    /** Measures how long its calls take. */
    public CallTimer timer() {
        return timer;
    }

    /** How long the dependency has had each status since supervision began, the present one included; empty before. */
    public Map<Status, Duration> timeInStatuses() {
        return watch.timeInStatuses();
    }

    /** Takes an operator's acts on its circuit breaker. */
    public OperatorControl operator() {
        return watch.operator();
    }

    /** Reads the kinds of its failures. */
    public FailureClassifier classifier() {
        return watch.spec().classifier();
    }

    /**
     * Notes what a call found wrong although the dependency works: its status is {@code degraded} for {@code holds}, or until
     * {@link #clear}.
     */
    public void note(Finding finding, Duration holds) {
        watch.note(finding, holds);
    }

    /** Removes the note of that kind, because a call proved the opposite. Cheap when there is none. */
    public void clear(FailureKind kind) {
        watch.clear(kind);
    }

    /** Makes the supervisor probe now instead of at the next interval. */
    public void probeSoon() {
        watch.probeSoon();
    }

    /** Hands {@code event} to the listeners of its {@link Mooring}. Before supervision and after it the event is lost. */
    public void publish(MooringEvent event) {
        watch.publish(event);
    }

    Guard guard() {
        return guard;
    }

    Watch watch() {
        return watch;
    }

    /** Bounds its calls. */
    public Bulkhead bulkhead() {
        return bulkhead;
    }

    /** Pays for its retries, over all callers. */
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

package dev.mooring;

import dev.mooring.breaker.MooringException;
import dev.mooring.breaker.Permit;
import dev.mooring.failure.Failure;

/**
 * Leave to make one call, for callers that cannot hand their work over: a place in the dependency's bulkhead, a permit of its breaker,
 * and the time. Say how the call ended, and close the ticket when the call needs its place no longer. A ticket that is closed without a
 * word says nothing about the dependency. For one thread at a time.
 *
 * <pre>{@code
 * try (Ticket call = ranking.begin()) {
 *     Response response = client.send(request);
 *     call.succeeded();
 * }
 * }</pre>
 */
public final class Ticket implements AutoCloseable {
    private final Dependency dependency;
    private final Permit permit;
    private final int place;
    private final long begun;
    private boolean said;
    private boolean closed;

    private Ticket(Dependency dependency, Permit permit, int place) {
        this.dependency = dependency;
        this.permit = permit;
        this.place = place;
        this.begun = dependency.timer().begin();
    }

    /** Waits for place and permit where it must; throws a {@link MooringException} when the call is refused. */
    static Ticket take(Dependency dependency) {
        dependency.breaker().refuseIfOpen();
        int place = dependency.bulkhead().enter();
        Permit permit;
        try {
            permit = dependency.acquire();
        } catch (Throwable refused) {
            dependency.bulkhead().leave(place);
            throw refused;
        }
        return new Ticket(dependency, permit, place);
    }

    /** The same without waiting. */
    static Ticket takeNow(Dependency dependency) {
        dependency.breaker().refuseIfOpen();
        int place = dependency.bulkhead().enterNow();
        Permit permit;
        try {
            permit = dependency.breaker().tryAcquire();
        } catch (Throwable refused) {
            dependency.bulkhead().leave(place);
            throw refused;
        }
        if (permit == null) {
            dependency.bulkhead().leave(place);
            throw dependency.breaker().refusal();
        }
        return new Ticket(dependency, permit, place);
    }

    /** The call succeeded. The first word counts; a later one changes nothing. */
    public void succeeded() {
        if (!said) {
            said = true;
            permit.success();
        }
    }

    /** The call threw {@code error}; the dependency's classifier decides whether that is the dependency's fault. */
    public void failed(Throwable error) {
        if (!said) {
            said = true;
            Outcome.failed(permit, error, dependency);
        }
    }

    /** The call failed, and it was the dependency's fault. */
    public void failed(Failure failure) {
        if (!said) {
            said = true;
            permit.failure(failure);
        }
    }

    /** The call says nothing about the dependency: the caller gave up, or asked for something wrong. */
    public void ignored() {
        if (!said) {
            said = true;
            permit.ignore();
        }
    }

    /** Whether the ticket knows already how the call ended. */
    public boolean isSaid() {
        return said;
    }

    /** Gives the place back; a second time does nothing. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            // None of the three throws, so none keeps the place.
            ignored();
            dependency.timer().ended(begun);
            dependency.bulkhead().leave(place);
        }
    }
}

package dev.mooring;

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
    private final Guard guard;
    private final Permit permit;
    private final int place;
    private final long begun;
    private boolean said;
    private boolean closed;

    Ticket(Guard guard, Permit permit, int place, long begun) {
        this.guard = guard;
        this.permit = permit;
        this.place = place;
        this.begun = begun;
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
            guard.failed(permit, error);
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

    /** Gives the place back; a second time does nothing. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            ignored();
            guard.leave(place, begun);
        }
    }
}

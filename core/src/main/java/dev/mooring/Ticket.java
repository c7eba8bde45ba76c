package dev.mooring;

import dev.mooring.breaker.Permit;
import dev.mooring.failure.Failure;

/**
 * The right to make one call, for code that cannot pass its work as a lambda to {@link Dependency#call}: a place in the dependency's
 * bulkhead, a permit of its breaker, and the time at which the call began. Report how the call ended, and close the ticket when the call
 * no longer needs its place. Closing the ticket without a report counts as {@link #ignored}. Not thread-safe.
 *
 * <pre>{@code
 * try (Ticket call = ranking.begin()) {
 *     try {
 *         Response response = client.send(request);
 *         call.succeeded();
 *     } catch (IOException e) {
 *         call.failed(e);
 *         throw e;
 *     }
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

    /** Reports that the call succeeded. Only the first report on a ticket counts. */
    public void succeeded() {
        if (!said) {
            said = true;
            permit.success();
        }
    }

    /** Reports that the call threw {@code error}; the dependency's classifier decides whether that is the dependency's fault. */
    public void failed(Throwable error) {
        if (!said) {
            said = true;
            guard.failed(permit, error);
        }
    }

    /** Reports a failure that is the dependency's fault. */
    public void failed(Failure failure) {
        if (!said) {
            said = true;
            permit.failure(failure);
        }
    }

    /** Reports that the call says nothing about the dependency: the caller gave up, or its request was wrong. */
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

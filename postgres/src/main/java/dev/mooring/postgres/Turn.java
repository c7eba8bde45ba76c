package dev.mooring.postgres;

import dev.mooring.Dependency;
import dev.mooring.breaker.Permit;
import dev.mooring.failure.Failure;
import java.time.Instant;

/**
 * The turn of one caller: a place of the pool, a permit of the breaker, and the time of the call. It takes no place in the dependency's
 * bulkhead, so that a guarded call of the same dependency may ask for a connection while others wait. Used by one thread at a time.
 */
final class Turn implements AutoCloseable {
    private final Dependency dependency;
    private final Places places;
    private final Permit permit;
    private final long begun;
    private boolean said;
    private boolean closed;

    /** Begins the call; {@code permit} and a place are taken. */
    Turn(Dependency dependency, Places places, Permit permit) {
        this.dependency = dependency;
        this.places = places;
        this.permit = permit;
        this.begun = dependency.timer().begin();
    }

    /** Reports that the call succeeded. Only the first report counts. */
    void succeeded() {
        if (!said) {
            said = true;
            permit.success();
        }
    }

    /** Reports that the call threw {@code error}; the dependency's classifier decides whether that is the dependency's fault. */
    void failed(Throwable error) {
        Failure.of(error, dependency.classifier(), Instant.now()).ifPresentOrElse(this::failed, this::ignored);
    }

    /** Reports a failure that is the dependency's fault. */
    void failed(Failure failure) {
        if (!said) {
            said = true;
            permit.failure(failure);
        }
    }

    private void ignored() {
        if (!said) {
            said = true;
            permit.ignore();
        }
    }

    /** Gives the place back; a second time does nothing. Without a report before, the call says nothing about the dependency. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            ignored();
            dependency.timer().ended(begun);
            places.giveBack();
        }
    }
}

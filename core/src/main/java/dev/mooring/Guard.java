package dev.mooring;

import dev.mooring.breaker.Breaker;
import dev.mooring.breaker.Bulkhead;
import dev.mooring.breaker.MooringException;
import dev.mooring.breaker.Permit;
import dev.mooring.failure.Failure;
import java.util.concurrent.Callable;

/**
 * Takes what every guarded call needs, in this order, and gives it back: a place in the bulkhead, a permit of the breaker, the
 * time. A call that an open breaker refuses takes no place. Thread-safe.
 */
final class Guard {
    private final Dependency dependency;
    private final Breaker breaker;
    private final Bulkhead bulkhead;
    private final CallTimer timer;

    Guard(Dependency dependency, Bulkhead bulkhead, CallTimer timer) {
        this.dependency = dependency;
        this.breaker = dependency.breaker();
        this.bulkhead = bulkhead;
        this.timer = timer;
    }

    /** Makes a call. It makes no ticket, so that a call allocates nothing. */
    <T> T call(Callable<T> work) throws Exception {
        int place = enter();
        Permit permit = permit(place);
        long begun = timer.begin();
        try {
            T result = work.call();
            permit.success();
            return result;
        } catch (Throwable error) {
            failed(permit, error);
            throw error;
        } finally {
            leave(place, begun);
        }
    }

    /** Takes a ticket, waiting where it must; throws a {@link MooringException} when Mooring refuses the call. */
    Ticket take() {
        int place = enter();
        return new Ticket(this, permit(place), place, timer.begin());
    }

    /** Takes a ticket without waiting. */
    Ticket takeNow() {
        breaker.refuseIfOpen();
        int place = bulkhead.enterNow();
        Permit permit = breaker.tryAcquire();
        if (permit == null) {
            bulkhead.leave(place);
            throw breaker.refusal();
        }
        return new Ticket(this, permit, place, timer.begin());
    }

    /** Reports to the permit that the call threw {@code error}; the classifier decides whether that is the dependency's fault. */
    void failed(Permit permit, Throwable error) {
        Failure.of(
                        error,
                        e -> Outcome.kindOf(e, dependency.classifier()),
                        dependency.time().now())
                .ifPresentOrElse(permit::failure, permit::ignore);
    }

    /** Ends the time of the call and gives its place back. */
    void leave(int place, long begun) {
        timer.ended(begun);
        bulkhead.leave(place);
    }

    private int enter() {
        breaker.refuseIfOpen();
        return bulkhead.enter();
    }

    private Permit permit(int place) {
        try {
            return breaker.acquire();
        } catch (Throwable refused) {
            bulkhead.leave(place);
            throw refused;
        }
    }
}

package dev.mooring.postgres.connect;

import dev.mooring.Dependency;
import dev.mooring.breaker.BreakerState;
import dev.mooring.event.MooringEvent;
import dev.mooring.failure.Failure;
import dev.mooring.probe.ProbeTiming;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The way back to the dependency for parts that exist before it. Until the dependency exists, every call does nothing. Thread-safe. */
public final class Feedback {
    /** Written once, when the dependency is built. */
    private volatile @Nullable Dependency dependency;

    /** From now on everything goes to {@code built}. */
    public void to(Dependency built) {
        dependency = built;
    }

    /** Asks the supervisor for a probe. */
    public void probeSoon() {
        Dependency present = dependency;
        if (present != null) {
            present.probeSoon();
        }
    }

    /** Tells the listeners of the supervisor that an attempt to log in ended. */
    void attempted(Duration took, Optional<Failure> failure) {
        Dependency present = dependency;
        if (present != null) {
            present.publish(new MooringEvent.ConnectionAttempted(present.name(), Instant.now(), took, failure));
        }
    }

    /** Whether calls are admitted whatever the gate says: closed by evidence or by an operator. */
    boolean admits() {
        BreakerState state = state();
        return state == BreakerState.CLOSED || state == BreakerState.BYPASSED;
    }

    /** The state of the breaker; open while there is none. */
    public BreakerState state() {
        Dependency present = dependency;
        return present == null ? BreakerState.OPEN : present.breaker().view().state();
    }

    /**
     * When the supervisor tries next after {@code failure}, if it knows. Of a failure that is permanent it has not heard yet, so what it
     * plans is too soon.
     */
    Optional<Duration> nextAttempt(Failure failure) {
        Dependency present = dependency;
        if (present == null) {
            return Optional.empty();
        }
        return failure.kind().isPermanent()
                ? Optional.of(ProbeTiming.PERMANENT)
                : present.breaker().view().retryAfter();
    }
}

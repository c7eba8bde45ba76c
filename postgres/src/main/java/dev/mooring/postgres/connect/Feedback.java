package dev.mooring.postgres.connect;

import dev.mooring.Dependency;
import dev.mooring.breaker.BreakerState;
import dev.mooring.event.MooringEvent;
import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import dev.mooring.probe.ProbeTiming;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Access to the dependency for parts that exist before it. Until the dependency exists, calls have no effect. Thread-safe. */
public final class Feedback {
    /** Written once, when the dependency is built. */
    private volatile @Nullable Dependency dependency;

    /** Sets the dependency that receives all later calls. */
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

    /** Removes the finding of that kind, because a probe proved the opposite. */
    public void clear(FailureKind kind) {
        Dependency present = dependency;
        if (present != null) {
            present.clear(kind);
        }
    }

    /** Publishes the end of an attempt to log in to the supervisor's listeners. */
    void attempted(Duration took, Optional<Failure> failure) {
        Dependency present = dependency;
        if (present != null) {
            present.publish(new MooringEvent.ConnectionAttempted(present.name(), Instant.now(), took, failure));
        }
    }

    /** Whether the breaker admits all calls, because it is closed or bypassed. The pool may then pass a gate that is shut. */
    boolean admits() {
        BreakerState state = state();
        return state == BreakerState.CLOSED || state == BreakerState.BYPASSED;
    }

    /** The state of the breaker; open before there is one. */
    public BreakerState state() {
        Dependency present = dependency;
        return present == null ? BreakerState.OPEN : present.breaker().view().state();
    }

    /**
     * The wait until the supervisor tries again after {@code failure}, if it is known. The breaker has not yet seen this failure; for a
     * permanent one its wait would be too short.
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

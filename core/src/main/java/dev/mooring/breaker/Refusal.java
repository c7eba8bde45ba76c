package dev.mooring.breaker;

import dev.mooring.failure.Failure;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Why the breaker refused a call: read from the breaker's state, or from the copy in a serialized exception. */
sealed interface Refusal {
    BreakerState state();

    Instant since();

    Optional<Failure> failure();

    Duration retryAfter();

    /** How long until the next attempt; empty where the breaker plans none. */
    Optional<Duration> nextAttempt();

    /** What refuses and why, in words that follow "is not available:". */
    String words();

    /** A copy of the present values, without the breaker. */
    default Frozen frozen() {
        return new Frozen(state(), since(), words(), nextAttempt().orElse(null));
    }

    /** Reads the state at each call, in the process of the breaker. */
    record Live(State refusing) implements Refusal {
        @Override
        public BreakerState state() {
            return refusing.name();
        }

        @Override
        public Instant since() {
            return refusing.since();
        }

        @Override
        public Optional<Failure> failure() {
            return refusing.failure();
        }

        @Override
        public Duration retryAfter() {
            return refusing.retryAfter();
        }

        @Override
        public Optional<Duration> nextAttempt() {
            return refusing.nextAttempt();
        }

        @Override
        public String words() {
            return refusing.words();
        }
    }

    /** Holds what the state said when the exception was serialized. */
    record Frozen(
            BreakerState state,
            Instant since,
            String words,
            @org.jspecify.annotations.Nullable Duration next) implements Refusal, Serializable {
        private static final long serialVersionUID = 1;

        @Override
        public Optional<Failure> failure() {
            return Optional.empty();
        }

        @Override
        public Duration retryAfter() {
            return nextAttempt().orElse(Duration.ZERO);
        }

        @Override
        public Optional<Duration> nextAttempt() {
            return Optional.ofNullable(next);
        }
    }
}

package dev.mooring.breaker;

import dev.mooring.failure.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A breaker as it was at one moment.
 *
 * @param state its state
 * @param verified whether the breaker lets calls in while {@link BreakerState#RECOVERING}; true in every other state
 * @param since when the state began
 * @param failuresInARow failures since the last success, while closed
 * @param retryAfter how long until the next attempt; empty while closed or bypassed
 * @param failure what opened it, while not closed
 * @param forced the operator's act in force
 */
public record BreakerView(
        BreakerState state,
        boolean verified,
        Instant since,
        int failuresInARow,
        Optional<Duration> retryAfter,
        Optional<Failure> failure,
        Optional<OperatorAct> forced) {}

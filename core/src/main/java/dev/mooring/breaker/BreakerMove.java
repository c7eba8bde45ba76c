package dev.mooring.breaker;

import dev.mooring.failure.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One transition of a breaker.
 *
 * @param lasted how long the breaker was in {@code from}
 * @param failure the failure that caused it, if one did
 * @param act the operator's act in force after the move, if one is
 */
public record BreakerMove(
        BreakerState from,
        BreakerState to,
        TransitionCause cause,
        Instant at,
        Duration lasted,
        Optional<Failure> failure,
        Optional<OperatorAct> act) {}

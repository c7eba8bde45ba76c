package dev.mooring.breaker;

import dev.mooring.failure.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One transition of a breaker.
 *
 * @param lasted how long the state left had lasted
 * @param failure what brought it about, where a failure did
 * @param act the operator's act that is in force from now on, if one is
 */
public record BreakerMove(
        BreakerState from,
        BreakerState to,
        TransitionCause cause,
        Instant at,
        Duration lasted,
        Optional<Failure> failure,
        Optional<OperatorAct> act) {}

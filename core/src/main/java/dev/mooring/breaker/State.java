package dev.mooring.breaker;

import dev.mooring.failure.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One generation of a breaker: a state and what was counted in it. The breaker swaps whole objects, so an outcome that arrives late
 * reaches an object that is no longer in force.
 *
 * <pre>
 *  Resting ─────▶ Open ◀──────── failures, silence ──────── Closed
 *                  │  ▲                                        ▲
 *                  │  └── recovery failed ── Recovering ───────┘  enough successes
 *                  └──── probe ok, pause over ──▲
 *  operator: any ──▶ ForcedOpen ── expiry ──▶ Open      any ──▶ Bypassed ── expiry ──▶ Closed, or Open if convicted
 *            any ──▶ Closed (close, reset)
 * </pre>
 */
abstract sealed class State permits Resting, Closed, Open, Recovering, Ordered {
    final Breaker breaker;
    private final Instant since;
    private final long sinceNanos;

    State(Breaker breaker) {
        this.breaker = breaker;
        this.since = breaker.time().now();
        this.sinceNanos = breaker.time().nanos();
    }

    abstract BreakerState name();

    /** Takes a permit; may wait while the breaker recovers. Throws when the breaker refuses the call. */
    abstract Permit admit();

    /** Takes a permit without waiting, or returns null when the breaker refuses the call. */
    abstract @Nullable Permit tryAdmit();

    /** The breaker has another state now: callers that wait in this one look again. */
    void left() {}

    /**
     * Makes the moves that are due by time alone. Returns the nanoseconds until the next one, or {@link Long#MAX_VALUE}.
     *
     * @param convicting the failure by which probes convict the dependency at present
     */
    long tick(long now, Optional<Failure> convicting) {
        return Long.MAX_VALUE;
    }

    /** Failures since the last success, where the state counts them. */
    int failuresInARow() {
        return 0;
    }

    /** The operator's act that is in force. */
    Optional<OperatorAct> order() {
        return Optional.empty();
    }

    /** How long until the next attempt; empty where the breaker plans none. */
    Optional<Duration> nextAttempt() {
        return Optional.of(retryAfter());
    }

    /** What refuses, in words that follow "is not available:". */
    String what() {
        return "its circuit breaker is " + name().code();
    }

    /** Why, in words that follow the time, or nothing. */
    String because() {
        return "";
    }

    /** What refuses, since when and why, in words that follow "is not available:". */
    String words() {
        return what() + " since " + since.truncatedTo(ChronoUnit.SECONDS) + because() + kinds();
    }

    /** The kind of failure in brackets, or nothing. */
    String kinds() {
        return failure().map(failure -> " (" + failure.kind().code() + ")").orElse("");
    }

    /** How many recoveries in a row have failed, as far as this state remembers. */
    int failedRecoveries() {
        return 0;
    }

    Optional<Failure> failure() {
        return Optional.empty();
    }

    Duration retryAfter() {
        return Duration.ZERO;
    }

    final Instant since() {
        return since;
    }

    final Duration lasted() {
        return Duration.ofNanos(breaker.time().nanos() - sinceNanos);
    }

    /** How long {@code before} had lasted when this state began. */
    final Duration sinceAfter(State before) {
        return Duration.ofNanos(sinceNanos - before.sinceNanos);
    }

    final DependencyUnavailableException refusal() {
        breaker.counters().refused();
        return new DependencyUnavailableException(breaker.dependency(), this);
    }

    final @Nullable Permit refuse() {
        breaker.counters().refused();
        return null;
    }

    /** The duration from now to the nanosecond {@code at}, never negative. */
    final Duration until(long at) {
        return Duration.ofNanos(Math.max(0, at - breaker.time().nanos()));
    }
}

package dev.mooring.breaker;

import dev.mooring.failure.Failure;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The breaker refuses calls immediately. A probe that answers ends this state; without a probe, the end of a pause does. */
final class Open extends State {
    private final String because;
    /** What opened the breaker; null when supervision began with this state, and after an order without evidence. */
    private final @Nullable Failure opening;

    private final int failedRecoveries;
    /** Whether supervision began with this state, which is no outage yet. */
    private final boolean initial;
    /** Why the last attempt failed; the supervisor writes it, refused callers read it. */
    private volatile @Nullable Failure failure;
    /** The nanosecond of the next attempt; the supervisor writes it, refused callers read it. */
    private volatile long nextAttempt;

    /** Supervision begins, before the first evidence. */
    Open(Breaker breaker) {
        this(breaker, " because it was not reached yet", null, 0, Duration.ZERO, true);
    }

    Open(Breaker breaker, String because, @Nullable Failure failure, int failedRecoveries, Duration pause) {
        this(breaker, because, failure, failedRecoveries, pause, false);
    }

    private Open(
            Breaker breaker,
            String because,
            @Nullable Failure failure,
            int failedRecoveries,
            Duration pause,
            boolean initial) {
        super(breaker);
        this.initial = initial;
        this.because = because;
        this.opening = failure;
        this.failure = failure;
        this.failedRecoveries = failedRecoveries;
        this.nextAttempt = breaker.time().nanos() + pause.toNanos();
    }

    @Override
    BreakerState name() {
        return BreakerState.OPEN;
    }

    @Override
    Permit admit() {
        throw refusal();
    }

    @Override
    @Nullable
    Permit tryAdmit() {
        return refuse();
    }

    @Override
    long tick(long now, Optional<Failure> convicting) {
        if (breaker.isProbed()) {
            return Long.MAX_VALUE;
        }
        if (nextAttempt - now <= 0) {
            breaker.recover(this, TransitionCause.PAUSE_OVER);
            return 0;
        }
        return nextAttempt - now;
    }

    void nextAttemptAt(long nanos) {
        nextAttempt = nanos;
    }

    void explain(Failure latest) {
        failure = latest;
    }

    /** Whether the breaker has admitted no call and seen no failure since supervision began. */
    boolean isFirstContact() {
        return initial && failure == null;
    }

    @Override
    int failedRecoveries() {
        return failedRecoveries;
    }

    @Override
    String because() {
        return because;
    }

    /** The reason goes with the kind of failure that opened the breaker; a later failure of another kind follows. */
    @Override
    String kinds() {
        Failure first = opening;
        Failure latest = failure;
        if (first == null || latest == null || first.kind() == latest.kind()) {
            return super.kinds();
        }
        return " (" + first.kind().code() + ", now " + latest.kind().code() + ")";
    }

    @Override
    Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    Duration retryAfter() {
        return until(nextAttempt);
    }
}

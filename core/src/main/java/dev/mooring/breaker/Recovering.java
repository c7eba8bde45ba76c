package dev.mooring.breaker;

import dev.mooring.failure.Failure;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Half-open: lets calls in by growing {@linkplain Admission steps}. With a probe, further calls wait for their turn, and only
 * evidence of probes ends the state; without one, further calls are refused, and failures of the trial calls end it.
 */
final class Recovering extends State {
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration STEP = Duration.ofMillis(250);

    private final int failedRecoveries;
    private final @Nullable Failure failure;

    /** Guards every field below. A thread that holds it calls nothing outside but the swap of the breaker's state. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final Admission admission;
    private final Set<TrialPermit> leases = new LinkedHashSet<>();
    private int successes;
    private long stepEnds;
    private boolean over;

    Recovering(Breaker breaker, @Nullable Failure failure, int failedRecoveries) {
        super(breaker);
        this.failure = failure;
        this.failedRecoveries = failedRecoveries;
        this.admission = new Admission(breaker.capacity());
        if (!breaker.isProbed()) {
            admission.begin();
        }
    }

    @Override
    BreakerState name() {
        return BreakerState.RECOVERING;
    }

    /** A pooled connection worked: the breaker lets calls in from now on. */
    void verified() {
        lock.lock();
        try {
            admission.begin();
            stepEnds = breaker.time().nanos() + STEP.toNanos();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isVerified() {
        lock.lock();
        try {
            return admission.hasBegun();
        } finally {
            lock.unlock();
        }
    }

    @Override
    Permit admit() {
        if (!breaker.isProbed() || !isVerified()) {
            Permit permit = tryAdmit();
            if (permit == null) {
                throw new DependencyUnavailableException(breaker.dependency(), this);
            }
            return permit;
        }
        return awaitTurn();
    }

    @Override
    @Nullable
    Permit tryAdmit() {
        lock.lock();
        try {
            return !over && admission.hasRoom() ? lease() : refuse();
        } finally {
            lock.unlock();
        }
    }

    private Permit awaitTurn() {
        long left = breaker.patience().toNanos();
        lock.lock();
        try {
            while (!over && !admission.hasRoom()) {
                if (left <= 0) {
                    throw refusal();
                }
                left = changed.awaitNanos(left);
            }
            if (!over) {
                return lease();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refusal();
        } finally {
            lock.unlock();
        }
        return breaker.acquire();
    }

    private Permit lease() {
        TrialPermit permit = new TrialPermit(this, breaker.time().nanos() + LEASE.toNanos());
        leases.add(permit);
        admission.enter();
        return permit;
    }

    void succeeded(TrialPermit permit) {
        breaker.counters().succeeded();
        free(permit, () -> {
            admission.succeeded();
            countSuccess();
        });
    }

    void failed(TrialPermit permit, Failure callFailure) {
        breaker.failedElsewhere(callFailure);
        free(permit, () -> {
            if (!over && !breaker.isProbed() && admission.failedTooOften()) {
                breaker.relapse(this, callFailure);
            }
        });
    }

    void ignored(TrialPermit permit) {
        breaker.counters().ignored();
        free(permit, () -> {});
    }

    /** Counts an answer of a probe like a successful call, so that the breaker of an idle service closes, too. */
    void probeSucceeded() {
        lock.lock();
        try {
            if (admission.hasBegun()) {
                countSuccess();
            }
        } finally {
            lock.unlock();
        }
    }

    private void countSuccess() {
        successes++;
        if (!over && successes >= breaker.settings().successesAfter(failedRecoveries)) {
            breaker.recovered(this);
        }
    }

    private void free(TrialPermit permit, Runnable outcome) {
        lock.lock();
        try {
            leases.remove(permit);
            admission.leave();
            outcome.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    long tick(long now, Optional<Failure> convicting) {
        lock.lock();
        try {
            leases.removeIf(permit -> {
                boolean ended = permit.expire(now);
                if (ended) {
                    admission.leave();
                }
                return ended;
            });
            if (breaker.isProbed() && admission.hasBegun() && stepEnds - now <= 0) {
                admission.nextStep();
                stepEnds = now + STEP.toNanos();
            }
            changed.signalAll();
            long lease = leases.stream()
                    .mapToLong(permit -> permit.leaseEnds() - now)
                    .min()
                    .orElse(Long.MAX_VALUE);
            boolean growing = breaker.isProbed() && admission.hasBegun() && admission.canGrow();
            return growing ? Math.min(lease, stepEnds - now) : lease;
        } finally {
            lock.unlock();
        }
    }

    @Override
    void left() {
        lock.lock();
        try {
            over = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    int failedRecoveries() {
        return failedRecoveries;
    }

    @Override
    Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    Duration retryAfter() {
        return STEP;
    }
}

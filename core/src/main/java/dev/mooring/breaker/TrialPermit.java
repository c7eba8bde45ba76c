package dev.mooring.breaker;

import dev.mooring.failure.Failure;
import java.util.concurrent.atomic.AtomicReference;

/** The permit of one call while the breaker recovers. Holds a place until the caller reports or the lease ends. */
final class TrialPermit implements Permit {
    private final Recovering recovering;
    private final long leaseEnds;
    /**
     * The first move decides: the caller's report or the end of the lease. The breaker only counts a report after the lease ended.
     */
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.HELD);

    private enum Stage {
        HELD,
        EXPIRED,
        RETURNED
    }

    TrialPermit(Recovering recovering, long leaseEnds) {
        this.recovering = recovering;
        this.leaseEnds = leaseEnds;
    }

    @Override
    public void success() {
        switch (stage.getAndSet(Stage.RETURNED)) {
            case HELD -> recovering.succeeded(this);
            case EXPIRED -> recovering.breaker.counters().succeeded();
            case RETURNED -> {}
        }
    }

    @Override
    public void failure(Failure failure) {
        switch (stage.getAndSet(Stage.RETURNED)) {
            case HELD -> recovering.failed(this, failure);
            case EXPIRED -> recovering.breaker.counters().failed(failure.kind());
            case RETURNED -> {}
        }
    }

    @Override
    public void ignore() {
        switch (stage.getAndSet(Stage.RETURNED)) {
            case HELD -> recovering.ignored(this);
            case EXPIRED -> recovering.breaker.counters().ignored();
            case RETURNED -> {}
        }
    }

    /** Ends the lease when its time is over; true when that frees the place. */
    boolean expire(long now) {
        return leaseEnds - now <= 0 && stage.compareAndSet(Stage.HELD, Stage.EXPIRED);
    }

    long leaseEnds() {
        return leaseEnds;
    }
}

package dev.mooring.breaker;

import dev.mooring.failure.Failure;
import java.util.concurrent.atomic.AtomicBoolean;

/** Leave for one call while the breaker recovers. Holds a place until it is returned or its lease ends. */
final class TrialPermit implements Permit {
    private final Recovering recovering;
    private final long leaseEnds;
    /** Whoever sets it first, the caller or the end of the lease, has the say; the other is ignored. */
    private final AtomicBoolean done = new AtomicBoolean();

    TrialPermit(Recovering recovering, long leaseEnds) {
        this.recovering = recovering;
        this.leaseEnds = leaseEnds;
    }

    @Override
    public void success() {
        if (done.compareAndSet(false, true)) {
            recovering.succeeded(this);
        }
    }

    @Override
    public void failure(Failure failure) {
        if (done.compareAndSet(false, true)) {
            recovering.failed(this, failure);
        }
    }

    @Override
    public void ignore() {
        if (done.compareAndSet(false, true)) {
            recovering.ignored(this);
        }
    }

    /** Ends the lease if it is over; true when this freed the place. */
    boolean expire(long now) {
        return leaseEnds - now <= 0 && done.compareAndSet(false, true);
    }

    long leaseEnds() {
        return leaseEnds;
    }
}

package dev.mooring.breaker;

import dev.mooring.failure.Failure;
import java.util.concurrent.atomic.AtomicReference;

/** Leave for one call while the breaker recovers. Holds a place until it is returned or its lease ends. */
final class TrialPermit implements Permit {
    private final Recovering recovering;
    private final long leaseEnds;
    /** Whoever moves it first, the caller or the end of the lease, has the say; what a caller says later is only counted. */
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

    /** Ends the lease if it is over; true when this freed the place. */
    boolean expire(long now) {
        return leaseEnds - now <= 0 && stage.compareAndSet(Stage.HELD, Stage.EXPIRED);
    }

    long leaseEnds() {
        return leaseEnds;
    }
}

package dev.mooring.breaker;

import dev.mooring.failure.Failure;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.Optional;

/**
 * Moves a breaker by the evidence of probes and by time. One owner holds it. Thread-safe; a move has no effect when the breaker has
 * moved on meanwhile.
 */
public final class BreakerControl {
    private final Breaker breaker;
    private final OperatorControl operator;

    private BreakerControl(Breaker breaker) {
        this.breaker = breaker;
        this.operator = new OperatorControl(breaker);
    }

    /**
     * A breaker whose supervision has not begun.
     *
     * @param probed whether a probe convicts and acquits; otherwise outcomes of calls do
     * @param capacity how many calls run at the same time in normal operation; the last step of a recovery
     * @param patience how long a call waits for its turn while the dependency recovers
     */
    public static BreakerControl of(
            String dependency,
            BreakerSettings settings,
            boolean probed,
            int capacity,
            Duration patience,
            Time time,
            BreakerOwner owner) {
        return new BreakerControl(new Breaker(dependency, settings, probed, capacity, patience, time, owner));
    }

    /** The breaker that callers use. */
    public Breaker breaker() {
        return breaker;
    }

    /** Supervision begins: the breaker is open until the first good evidence where there is a probe, else closed. */
    public void attach() {
        breaker.become(breaker.isProbed() ? new Open(breaker) : new Closed(breaker, 0));
    }

    /** Supervision begins for a dependency that is switched off: the breaker refuses every call. */
    public void attachSwitchedOff() {
        breaker.become(Resting.switchedOff(breaker));
    }

    /** Supervision ended: the breaker refuses every call from now on. */
    public void detach() {
        breaker.become(Resting.ended(breaker));
    }

    /** Whether the breaker has admitted no call and seen no failure since supervision began. */
    public boolean isFirstContact() {
        return breaker.state() instanceof Open open && open.isFirstContact();
    }

    /** Opens a closed or recovering breaker, because the probe convicts. True when the breaker moved. */
    public boolean convict(TransitionCause cause, String because, Failure failure) {
        State now = breaker.state();
        if (now instanceof Closed closed) {
            return breaker.open(closed, cause, because, failure, closed.failedRecoveries());
        }
        if (now instanceof Recovering recovering) {
            breaker.relapse(recovering, failure);
            return breaker.state() != now;
        }
        return false;
    }

    /** Stores why the last attempt failed, for refused callers to read. */
    public void explain(Failure failure) {
        if (breaker.state() instanceof Open open) {
            open.explain(failure);
        }
    }

    /**
     * Begins the recovery of an open breaker when enough probes in a row succeeded: one after an outage, two more for each failed
     * recovery, at most seven. So a dependency that flaps does not make the breaker flap.
     */
    public void beginRecovery(int inARow) {
        if (breaker.state() instanceof Open open && inARow >= 1 + 2 * Math.min(open.failedRecoveries(), 3)) {
            breaker.recover(open, TransitionCause.PROBE_SUCCEEDED);
        }
    }

    /**
     * A pooled connection worked: a recovering breaker begins to let calls in. At first contact, without a failure
     * before, the breaker closes immediately.
     */
    public void verified() {
        State now = breaker.state();
        if (now instanceof Recovering recovering) {
            recovering.verified();
        } else if (isFirstContact()) {
            breaker.swap(now, new Closed(breaker, 0), TransitionCause.PROBE_SUCCEEDED, null);
        }
    }

    /** Counts a success of a probe while the breaker recovers. */
    public void probeSucceeded() {
        if (breaker.state() instanceof Recovering recovering) {
            recovering.probeSucceeded();
        }
    }

    /** Makes a closed breaker note the next success of a call, see {@link #lastVeto()}. */
    public void suspect() {
        if (breaker.state() instanceof Closed closed) {
            closed.suspect();
        }
    }

    /** The nanosecond of the last success of a call that contradicted a suspicion. */
    public Optional<Long> lastVeto() {
        return breaker.lastVeto();
    }

    /** Stores when the next probe starts, for refused callers to read. */
    public void nextAttemptAt(long nanos) {
        if (breaker.state() instanceof Open open) {
            open.nextAttemptAt(nanos);
        }
    }

    /**
     * Makes the moves that are due by time alone. Returns the nanoseconds until the next one, or {@link Long#MAX_VALUE}.
     *
     * @param convicting the failure by which probes convict the dependency at present. With one, a bypass that expires is followed
     *     by open, else by closed
     */
    public long tick(long now, Optional<Failure> convicting) {
        return breaker.state().tick(now, convicting);
    }

    /** The same without a conviction by probes. */
    public long tick(long now) {
        return tick(now, Optional.empty());
    }

    /** Takes the acts of operators. */
    public OperatorControl operator() {
        return operator;
    }
}

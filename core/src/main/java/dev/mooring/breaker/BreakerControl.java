package dev.mooring.breaker;

import dev.mooring.failure.Failure;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.Optional;

/**
 * Moves a breaker from outside: evidence of probes, and time. One owner holds it; safe to use from any thread, and no move does
 * anything when the breaker has moved on meanwhile.
 */
public final class BreakerControl {
    private final Breaker breaker;
    private final OperatorControl operator;

    private BreakerControl(Breaker breaker) {
        this.breaker = breaker;
        this.operator = new OperatorControl(breaker);
    }

    /**
     * A breaker that nobody supervises yet.
     *
     * @param probed whether a probe convicts and acquits; else outcomes of calls do
     * @param capacity how many calls run at once in normal operation; the last step of a recovery
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

    /** What callers use. */
    public Breaker breaker() {
        return breaker;
    }

    /** Supervision begins: open until the first good evidence where there is a probe, else closed. */
    public void attach() {
        breaker.become(breaker.isProbed() ? new Open(breaker) : new Closed(breaker, 0));
    }

    /** Supervision begins, of a dependency that a setting switched off: the breaker refuses every call. */
    public void attachSwitchedOff() {
        breaker.become(Resting.switchedOff(breaker));
    }

    /** Supervision ended: the breaker refuses every call from now on. */
    public void detach() {
        breaker.become(Resting.ended(breaker));
    }

    /** Whether the dependency was neither in use nor seen failing since supervision began. */
    public boolean isFirstContact() {
        return breaker.state() instanceof Open open && open.isFirstContact();
    }

    /** The probe convicts: opens a closed or recovering breaker. True when it moved. */
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

    /** Tells those who are refused why the last attempt failed. */
    public void explain(Failure failure) {
        if (breaker.state() instanceof Open open) {
            open.explain(failure);
        }
    }

    /**
     * A probe succeeded while open, {@code inARow} times: begins the recovery. What has just been down asks for one; what fell
     * again during or soon after its last recoveries asks for up to seven, so that a dependency that flaps does not flap us.
     */
    public void beginRecovery(int inARow) {
        if (breaker.state() instanceof Open open && inARow >= 1 + 2 * Math.min(open.failedRecoveries(), 3)) {
            breaker.recover(open, TransitionCause.PROBE_SUCCEEDED);
        }
    }

    /** A real connection worked: lets calls in. At first contact, without a failure before, all of them at once. */
    public void verified() {
        State now = breaker.state();
        if (now instanceof Recovering recovering) {
            recovering.verified();
        } else if (isFirstContact()) {
            breaker.swap(now, new Closed(breaker, 0), TransitionCause.PROBE_SUCCEEDED, null);
        }
    }

    /** A probe succeeded while recovering. */
    public void probeSucceeded() {
        if (breaker.state() instanceof Recovering recovering) {
            recovering.probeSucceeded();
        }
    }

    /** From now on the next success of a call is noted, see {@link #lastVeto()}. */
    public void suspect() {
        if (breaker.state() instanceof Closed closed) {
            closed.suspect();
        }
    }

    /** The nanosecond of the last success of a call that contradicted a suspicion. */
    public Optional<Long> lastVeto() {
        return breaker.lastVeto();
    }

    /** Tells those who are refused when the next probe starts. */
    public void nextAttemptAt(long nanos) {
        if (breaker.state() instanceof Open open) {
            open.nextAttemptAt(nanos);
        }
    }

    /**
     * Does what time alone brings about; gives the nanoseconds until the next such thing, or {@link Long#MAX_VALUE}.
     *
     * @param convicting the failure by which probes convict the dependency at present: a bypass that expires is followed by open
     *     then, else by closed
     */
    public long tick(long now, Optional<Failure> convicting) {
        return breaker.state().tick(now, convicting);
    }

    /** The same where no probe convicts. */
    public long tick(long now) {
        return tick(now, Optional.empty());
    }

    /** What operators use. */
    public OperatorControl operator() {
        return operator;
    }
}

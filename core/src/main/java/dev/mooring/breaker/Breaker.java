package dev.mooring.breaker;

import dev.mooring.failure.Failure;
import dev.mooring.time.Deadline;
import dev.mooring.time.Time;
import dev.mooring.time.TimeSpent;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The circuit breaker of one dependency. Thread-safe and lock-free while closed.
 *
 * <p>Callers take a {@link Permit} and say how the call ended. What moves the breaker from outside comes through its
 * {@link BreakerControl} (probes, time), which only the supervisor holds, or its {@link OperatorControl}.
 */
public final class Breaker {
    private static final VarHandle STATE;
    private static final double JITTER = 0.2;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Breaker.class, "state", State.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final String dependency;
    private final BreakerSettings settings;
    private final CallCounters counters = new CallCounters();
    private final Time time;
    private final BreakerOwner owner;
    private final boolean probed;
    private final int capacity;
    private final Duration patience;
    private final TimeSpent<BreakerState> timeInState = new TimeSpent<>(BreakerState.class);

    /** The present generation; swapped by compare-and-set only, see {@link #swap}. */
    private volatile State state;

    /** The nanosecond of the last success that contradicted a suspicion; written by callers, read by the supervisor. */
    private volatile @Nullable Long lastVeto;

    Breaker(
            String dependency,
            BreakerSettings settings,
            boolean probed,
            int capacity,
            Duration patience,
            Time time,
            BreakerOwner owner) {
        this.dependency = dependency;
        this.settings = settings;
        this.probed = probed;
        this.capacity = capacity;
        this.patience = patience;
        this.time = time;
        this.owner = owner;
        this.state = new Unattached(this);
    }

    /**
     * Leave to make one call. While the dependency recovers it waits for its turn, within the caller's deadline.
     *
     * @throws DependencyUnavailableException the call is refused
     */
    public Permit acquire() {
        return state.admit();
    }

    /** Throws at once what {@link #acquire} would throw while calls are refused altogether; takes nothing. */
    public void refuseIfOpen() {
        State now = state;
        if (now instanceof Open || now instanceof ForcedOpen || now instanceof Unattached) {
            now.admit();
        }
    }

    /** Leave to make one call now, or null when it is refused; never waits and makes no exception. */
    public @Nullable Permit tryAcquire() {
        return state.tryAdmit();
    }

    /** What a caller is told whom {@link #tryAcquire} gave nothing. */
    public DependencyUnavailableException refusal() {
        return new DependencyUnavailableException(dependency, state);
    }

    /** The breaker as it is now. */
    public BreakerView view() {
        State now = state;
        return new BreakerView(
                now.name(),
                !(now instanceof Recovering recovering) || recovering.isVerified(),
                now.since(),
                now instanceof Closed closed ? closed.failuresInARow() : 0,
                now instanceof Permit ? Optional.empty() : Optional.of(now.retryAfter()),
                now.failure(),
                now instanceof Ordered ordered ? Optional.of(ordered.act()) : Optional.empty());
    }

    /** How calls ended since the start. */
    public CallCounts counts() {
        return counters.read();
    }

    /** How long the breaker has been in each state since it was attached, the present one included. */
    public Map<BreakerState, Duration> timeInStates() {
        State now = state;
        return timeInState.with(now.name(), now.lasted());
    }

    State state() {
        return state;
    }

    String dependency() {
        return dependency;
    }

    BreakerSettings settings() {
        return settings;
    }

    CallCounters counters() {
        return counters;
    }

    Time time() {
        return time;
    }

    boolean isProbed() {
        return probed;
    }

    int capacity() {
        return capacity;
    }

    /** How long a call waits for its turn while the dependency recovers. */
    Duration patience() {
        return Deadline.cut(patience);
    }

    Optional<Long> lastVeto() {
        return Optional.ofNullable(lastVeto);
    }

    /** A success contradicts the suspicion of {@code closed}. */
    void vetoed(Closed closed) {
        if (state == closed) {
            lastVeto = time.nanos();
        }
    }

    /** A call of the generation {@code closed} failed. */
    void failed(Closed closed, Failure failure, int inARow, boolean tooMany) {
        counters.failed(failure.kind());
        if (state != closed) {
            return;
        }
        if (!probed && inARow >= settings.failures()) {
            open(
                    closed,
                    TransitionCause.CONSECUTIVE_FAILURES,
                    " after " + inARow + " failures in a row",
                    failure,
                    closed.failedRecoveries());
        } else if (tooMany) {
            open(closed, TransitionCause.FAILURE_RATE, " after too many failures", failure, closed.failedRecoveries());
        }
        owner.suspected(failure);
    }

    /** A call failed in a state that its outcome does not move by itself. */
    void failedElsewhere(Failure failure) {
        counters.failed(failure.kind());
        owner.suspected(failure);
    }

    boolean open(State from, TransitionCause cause, String because, @Nullable Failure failure, int failedRecoveries) {
        return swap(from, new Open(this, because, failure, failedRecoveries, pause(failedRecoveries)), cause, failure);
    }

    void recover(Open from, TransitionCause cause) {
        Failure failure = from.failure().orElse(null);
        swap(from, new Recovering(this, failure, from.failedRecoveries()), cause, failure);
    }

    void recovered(Recovering from) {
        swap(from, new Closed(this, from.failedRecoveries() + 1), TransitionCause.ENOUGH_SUCCESSES, null);
    }

    void relapse(Recovering from, Failure failure) {
        int failed = from.failedRecoveries() + 1;
        open(from, TransitionCause.RECOVERY_FAILED, " after a recovery that failed", failure, failed);
    }

    void expire(State from) {
        swap(from, new Open(this, " after an operator's act", null, 0, Duration.ZERO), TransitionCause.EXPIRED, null);
    }

    /** The pause of a dependency without a probe, spread by jitter and never longer than the recovery timeout. */
    private Duration pause(int failedRecoveries) {
        double spread = 1 + JITTER * (2 * time.chance().nextDouble() - 1);
        long nanos = (long) (settings.pauseAfter(failedRecoveries).toNanos() * spread);
        return Duration.ofNanos(Math.min(nanos, settings.recoveryTimeout().toNanos()));
    }

    /** The one place where the state changes. False when another thread was faster: then nothing happened. */
    boolean swap(State from, State to, TransitionCause cause, @Nullable Failure failure) {
        if (!STATE.compareAndSet(this, from, to)) {
            return false;
        }
        Duration lasted = from.lasted();
        from.left();
        if (!(from instanceof Unattached)) {
            timeInState.add(from.name(), lasted);
            owner.moved(
                    new BreakerMove(from.name(), to.name(), cause, to.since(), lasted, Optional.ofNullable(failure)));
        }
        return true;
    }
}

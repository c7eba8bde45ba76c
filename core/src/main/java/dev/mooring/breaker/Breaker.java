package dev.mooring.breaker;

import dev.mooring.failure.Failure;
import dev.mooring.time.Deadline;
import dev.mooring.time.Time;
import dev.mooring.time.TimeSpent;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The circuit breaker of one dependency. Thread-safe and lock-free while closed.
 *
 * <p>Callers take a {@link Permit} and report how the call ended. The supervisor moves the breaker by probes and time through its
 * {@link BreakerControl}, operators move it through its {@link OperatorControl}.
 */
public final class Breaker {
    private static final double JITTER = 0.2;

    private final String dependency;
    private final BreakerSettings settings;
    private final CallCounters counters = new CallCounters();
    private final Time time;
    private final BreakerOwner owner;
    private final boolean probed;
    private final int capacity;
    private final Duration patience;
    private final TimeSpent<BreakerState> timeInState = new TimeSpent<>(BreakerState.class);

    /**
     * Guards each change of {@link #state} together with the report to the owner, so that reports come in the order of the changes.
     */
    private final ReentrantLock moving = new ReentrantLock();

    /** The present generation; read by every call, written with {@link #moving} held. */
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
        this.state = Resting.unattached(this);
    }

    /**
     * Takes a permit for one call. While the dependency recovers it waits for its turn, within the caller's deadline.
     *
     * @throws DependencyUnavailableException the breaker refuses the call
     * @throws IllegalStateException supervision has not begun
     */
    public Permit acquire() {
        return state.admit();
    }

    /** Throws what {@link #acquire} would throw while the breaker refuses all calls; takes no permit and never waits. */
    public void refuseIfOpen() {
        State now = state;
        if (now instanceof Open || now instanceof ForcedOpen || now instanceof Resting) {
            now.admit();
        }
    }

    /**
     * Takes a permit for one call without waiting, or returns null when the breaker refuses the call.
     *
     * @throws IllegalStateException supervision has not begun
     */
    public @Nullable Permit tryAcquire() {
        return state.tryAdmit();
    }

    /** The refusal for a caller to which {@link #tryAcquire} gave no permit. */
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
                now.failuresInARow(),
                now instanceof Permit ? Optional.empty() : now.nextAttempt(),
                now.failure(),
                now.order());
    }

    /** How calls ended since the start. */
    public CallCounts counts() {
        return counters.read();
    }

    /** How long the breaker has been in each state since supervision began, the present one included. */
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

    /** A call succeeded while the supervisor suspected the dependency. */
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

    /** A call failed in a state that outcomes of calls do not move directly. */
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

    /** An operator's act expired: a bypass without a conviction is followed by closed, everything else by open. */
    void expire(Ordered from, Optional<Failure> convicting) {
        boolean admits = from instanceof Bypassed && convicting.isEmpty();
        Duration pause = convicting.isPresent() ? pause(0) : Duration.ZERO;
        State next = admits
                ? new Closed(this, 0)
                : new Open(this, " after an operator's act", convicting.orElse(null), 0, pause);
        swap(from, next, TransitionCause.EXPIRED, convicting.orElse(null));
    }

    /** The pause of a dependency without a probe, spread by jitter and never longer than the recovery timeout. */
    private Duration pause(int failedRecoveries) {
        double spread = 1 + JITTER * (2 * time.chance().nextDouble() - 1);
        long nanos = (long) (settings.pauseAfter(failedRecoveries).toNanos() * spread);
        return Duration.ofNanos(Math.min(nanos, settings.recoveryTimeout().toNanos()));
    }

    /** Moves from {@code from} to {@code to}. False, without effect, when another thread moved the breaker first. */
    boolean swap(State from, State to, TransitionCause cause, @Nullable Failure failure) {
        moving.lock();
        try {
            if (state != from) {
                return false;
            }
            move(from, to, cause, failure);
        } finally {
            moving.unlock();
        }
        // After the lock: a state in which callers wait moves the breaker while it holds a lock of its own.
        from.left();
        return true;
    }

    /** Obeys an operator in every state but {@link Resting}. */
    void order(UnaryOperator<State> next) {
        State from;
        moving.lock();
        try {
            from = state;
            if (from instanceof Resting) {
                return;
            }
            move(from, next.apply(from), TransitionCause.OPERATOR, null);
        } finally {
            moving.unlock();
        }
        from.left();
    }

    /** Supervision begins or ends; the owner gets no report of it. */
    void become(State next) {
        State from;
        moving.lock();
        try {
            from = state;
            state = next;
        } finally {
            moving.unlock();
        }
        from.left();
    }

    private void move(State from, State to, TransitionCause cause, @Nullable Failure failure) {
        if (!LegalMoves.contain(from.name(), to.name(), cause)) {
            throw new IllegalStateException(
                    dependency + ": a breaker does not go from " + from.name() + " to " + to.name() + " by " + cause);
        }
        Duration lasted = to.sinceAfter(from);
        state = to;
        timeInState.add(from.name(), lasted);
        owner.moved(new BreakerMove(
                from.name(), to.name(), cause, to.since(), lasted, Optional.ofNullable(failure), to.order()));
    }
}

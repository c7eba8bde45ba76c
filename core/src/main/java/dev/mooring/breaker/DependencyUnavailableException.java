package dev.mooring.breaker;

import dev.mooring.failure.Failure;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Mooring refused a call immediately, because it knows that the dependency does not work. It sent nothing.
 *
 * <p>Has no stack trace, and makes its message only when it is read, so that many refusals stay cheap. A deserialized copy keeps
 * the message, the state and its time, and has no {@link #lastFailure}.
 */
public final class DependencyUnavailableException extends MooringException {
    private static final long serialVersionUID = 2;
    private static final Duration LONGEST_BEFORE_AN_ORDER_ENDS = Duration.ofSeconds(60);

    /** Set once, here or by deserialization. */
    private transient Refusal refusal;

    DependencyUnavailableException(String dependency, State refusing) {
        super(dependency, null);
        this.refusal = new Refusal.Live(refusing);
    }

    /** The state of the breaker that refused. */
    public BreakerState state() {
        return refusal.state();
    }

    /** Since when the breaker is in that state. */
    public Instant since() {
        return refusal.since();
    }

    /** The failure that opened the breaker. */
    public Optional<Failure> lastFailure() {
        return refusal.failure();
    }

    /**
     * How long to wait, from now, until a new attempt is worthwhile; never negative. While an operator has forced the breaker open it
     * is 60 s at most, because the operator can end the order before its time.
     */
    public Duration retryAfter() {
        Duration wait = refusal.retryAfter();
        return isForced() && wait.compareTo(LONGEST_BEFORE_AN_ORDER_ENDS) > 0 ? LONGEST_BEFORE_AN_ORDER_ENDS : wait;
    }

    private boolean isForced() {
        return state() == BreakerState.FORCED_OPEN;
    }

    @Override
    public String getMessage() {
        Optional<Duration> next = refusal.nextAttempt().filter(in -> !isForced());
        return dependency() + " is not available: " + refusal.words()
                + next.map(in -> String.format(Locale.ROOT, "; next attempt in %.1f s.", in.toNanos() / 1e9))
                        .orElse(".");
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        out.defaultWriteObject();
        out.writeObject(refusal.frozen());
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        refusal = (Refusal.Frozen) in.readObject();
    }
}

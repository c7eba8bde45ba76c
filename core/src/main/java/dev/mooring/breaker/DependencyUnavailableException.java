package dev.mooring.breaker;

import dev.mooring.failure.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * A call was refused at once, because the dependency is known not to work. Nothing was sent to it.
 *
 * <p>Has no stack trace, and its message is made only when it is read: a refusal must stay cheap when there are many.
 */
public final class DependencyUnavailableException extends MooringException {
    private static final long serialVersionUID = 1;
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private final transient State refusing;

    DependencyUnavailableException(String dependency, State refusing) {
        super(dependency, null);
        this.refusing = refusing;
    }

    /** The state of the breaker that refused. */
    public BreakerState state() {
        return refusing.name();
    }

    /** Since when the breaker is in that state. */
    public Instant since() {
        return refusing.since();
    }

    /** The failure that opened the breaker. */
    public Optional<Failure> lastFailure() {
        return refusing.failure();
    }

    /** How long to wait before it is worth trying again, seen from now; never negative. */
    public Duration retryAfter() {
        return refusing.retryAfter();
    }

    @Override
    public String getMessage() {
        return String.format(
                Locale.ROOT,
                "%s is not available: %s since %s%s%s; next attempt in %.1f s.",
                dependency(),
                refusing.what(),
                CLOCK.format(since()),
                refusing.because(),
                lastFailure().map(f -> " (" + f.kind().code() + ")").orElse(""),
                retryAfter().toNanos() / 1e9);
    }
}

package dev.mooring.postgres.control;

import dev.mooring.breaker.MooringException;
import dev.mooring.failure.FailureKind;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The control connection did not do the work, or not in time: the database is unavailable, the control connection is busy, or it is
 * closed.
 */
public final class ControlUnavailableException extends MooringException {
    private static final long serialVersionUID = 1;

    private final Duration retryAfter;
    private final boolean unclear;

    /** Null where no kind is known. */
    private final @Nullable FailureKind kind;

    private ControlUnavailableException(
            String dependency, String message, Duration retryAfter, boolean unclear, @Nullable FailureKind kind) {
        super(dependency, message);
        this.kind = kind;
        this.retryAfter = retryAfter;
        this.unclear = unclear;
    }

    /** The work was not committed and will not be. */
    static ControlUnavailableException notDone(
            String dependency, String message, Duration retryAfter, Optional<FailureKind> kind) {
        return new ControlUnavailableException(dependency, message, retryAfter, false, kind.orElse(null));
    }

    /** The commit was sent and not answered. */
    static ControlUnavailableException unclear(
            String dependency, String message, Duration retryAfter, FailureKind kind) {
        return new ControlUnavailableException(
                dependency,
                message + " The commit was sent, so the work was done or it was not.",
                retryAfter,
                true,
                kind);
    }

    /** How long to wait before another attempt; never negative. */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** How the database failed; empty where that is not known, and where this process is at its own limits or stops. */
    public Optional<FailureKind> kind() {
        return Optional.ofNullable(kind);
    }

    /** Whether the work may have been committed. Otherwise it was not, and will not be. */
    public boolean isUnclear() {
        return unclear;
    }
}

package dev.mooring.postgres.control;

import dev.mooring.breaker.MooringException;
import java.time.Duration;

/**
 * The control connection did not do the work, or not in time: the database is unavailable, the control connection is busy, or it is
 * closed.
 */
public final class ControlUnavailableException extends MooringException {
    private static final long serialVersionUID = 1;

    private final Duration retryAfter;
    private final boolean unclear;

    private ControlUnavailableException(String dependency, String message, Duration retryAfter, boolean unclear) {
        super(dependency, message);
        this.retryAfter = retryAfter;
        this.unclear = unclear;
    }

    /** The work was not committed and will not be. */
    static ControlUnavailableException notDone(String dependency, String message, Duration retryAfter) {
        return new ControlUnavailableException(dependency, message, retryAfter, false);
    }

    /** The commit was sent and not answered. */
    static ControlUnavailableException unclear(String dependency, String message, Duration retryAfter) {
        return new ControlUnavailableException(
                dependency, message + " The commit was sent, so the work was done or it was not.", retryAfter, true);
    }

    /** How long to wait before another attempt; never negative. */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** Whether the work may have been committed. Otherwise it was not, and will not be. */
    public boolean isUnclear() {
        return unclear;
    }
}

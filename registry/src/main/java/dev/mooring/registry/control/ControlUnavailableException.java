package dev.mooring.registry.control;

import dev.mooring.breaker.MooringException;
import java.time.Duration;

/** The control connection could not do something, or not in time, because the database is away. */
public final class ControlUnavailableException extends MooringException {
    private static final long serialVersionUID = 1;

    private final Duration retryAfter;
    private final boolean unclear;

    private ControlUnavailableException(String dependency, String message, Duration retryAfter, boolean unclear) {
        super(dependency, message);
        this.retryAfter = retryAfter;
        this.unclear = unclear;
    }

    /** Nothing was done, nor will be. */
    static ControlUnavailableException notDone(String dependency, String message, Duration retryAfter) {
        return new ControlUnavailableException(dependency, message, retryAfter, false);
    }

    /** The commit was sent, and nobody knows what became of it. */
    static ControlUnavailableException unclear(String dependency, String message, Duration retryAfter) {
        return new ControlUnavailableException(
                dependency, message + " It was committing: it was done or it was not.", retryAfter, true);
    }

    /** How long to wait before it is worth trying again; never negative. */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** Whether the work may have been done after all. Otherwise it was not, and will not be. */
    public boolean isUnclear() {
        return unclear;
    }
}

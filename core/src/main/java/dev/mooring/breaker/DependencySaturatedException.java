package dev.mooring.breaker;

/**
 * Mooring refused a call because our own bulkhead or pool is full: a load problem of this process, never an outage of the
 * dependency.
 */
public final class DependencySaturatedException extends MooringException {
    private static final long serialVersionUID = 1;

    /** {@code message} says what is full, with numbers. */
    public DependencySaturatedException(String dependency, String message) {
        super(dependency, message);
    }
}

package dev.mooring.breaker;

/** A call was refused because our own bulkhead or pool is full: a load problem here, never an outage of the dependency. */
public final class DependencySaturatedException extends MooringException {
    private static final long serialVersionUID = 1;

    /** {@code message} says what is full, with numbers. */
    public DependencySaturatedException(String dependency, String message) {
        super(dependency, message);
    }
}

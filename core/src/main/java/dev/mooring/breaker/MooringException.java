package dev.mooring.breaker;

import org.jspecify.annotations.Nullable;

/** The root of what Mooring throws at run time. Unchecked; its message is for people. */
public abstract class MooringException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String dependency;

    /** An exception without a stack trace, because it reports a state and must be cheap. */
    protected MooringException(String dependency, @Nullable String message) {
        super(message, null, false, false);
        this.dependency = dependency;
    }

    /** The name of the dependency that the call was for. */
    public String dependency() {
        return dependency;
    }
}

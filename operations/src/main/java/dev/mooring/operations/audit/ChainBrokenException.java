package dev.mooring.operations.audit;

/**
 * The audit's chain cannot be continued, because its recorded end is missing or does not fit the entries: a user of the database changed the
 * tables. A person has to look at them; waiting does not help. It is an expected outcome, so it has no stack trace.
 */
public final class ChainBrokenException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ChainBrokenException(String message) {
        super(message, null, false, false);
    }
}

package dev.mooring.diagnosis;

/** A fatal check failed, so the diagnosis ends here. {@link Check#broken} makes one. */
public final class BrokenException extends Exception {
    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial") // no diagnosis leaves the process this way
    private final Fault fault;

    BrokenException(Fault fault) {
        super(fault.message());
        this.fault = fault;
    }

    /** The check that failed, and what was found. */
    public Fault fault() {
        return fault;
    }
}

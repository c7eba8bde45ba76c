package dev.mooring.registry.store;

/** The database knows an equal call. What the transaction did must not be committed. */
public final class KnownRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    KnownRequestException() {
        super("the database knows an equal call", null, false, false);
    }
}

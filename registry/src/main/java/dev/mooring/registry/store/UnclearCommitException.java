package dev.mooring.registry.store;

import org.springframework.transaction.TransactionException;

/** A commit was sent and its answer did not arrive, so the change was made or it was not. */
public final class UnclearCommitException extends TransactionException {
    private static final long serialVersionUID = 1;

    UnclearCommitException(Throwable cause) {
        super("the commit was sent and its outcome is not known: " + cause.getMessage(), cause);
    }
}

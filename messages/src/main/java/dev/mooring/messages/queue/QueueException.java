package dev.mooring.messages.queue;

import dev.mooring.breaker.MooringException;
import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;

/** The server of a queue refused, could not be reached, or did not answer in time. What was asked may have been done. */
public final class QueueException extends MooringException {
    private static final long serialVersionUID = 1;

    private final FailureKind kind;

    public QueueException(String queue, FailureKind kind, Throwable cause) {
        super(queue, "queue " + queue + ": " + Failure.oneLine(cause));
        this.kind = kind;
    }

    /** What went wrong. */
    public FailureKind kind() {
        return kind;
    }
}

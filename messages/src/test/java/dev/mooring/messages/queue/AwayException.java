package dev.mooring.messages.queue;

import dev.mooring.breaker.MooringException;

/** What a handler throws whose dependency is away. */
final class AwayException extends MooringException {
    private static final long serialVersionUID = 1;

    AwayException() {
        super("billing", "billing is away");
    }
}
